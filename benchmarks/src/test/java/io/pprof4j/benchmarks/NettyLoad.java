// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.pprof4j.hey.LatencyHistogram;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The load that hey makes by HTTP/2, made by Netty's codec for frames, which is the cheapest of its
 * ways: one connection, one thread, the JDK's TLS, a stream for each worker, times in a histogram,
 * and one flush for all that one read gives rise to.
 */
final class NettyLoad extends Http2ChannelDuplexHandler {
  private final Http2Headers headers;
  private final int workers;
  private final Map<Http2FrameStream, Long> started = new HashMap<>();
  private final LatencyHistogram times = new LatencyHistogram();
  private volatile long finished;

  private NettyLoad(Http2Headers headers, int workers) {
    this.headers = headers;
    this.workers = workers;
  }

  /** Makes load for some seconds and returns how many requests were answered. */
  static long run(URI url, int workers, int seconds) throws Exception {
    SslContext tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    "h2"))
            .build();
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("GET")
            .path("/")
            .scheme("https")
            .authority(url.getAuthority());
    Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
    NettyLoad load = new NettyLoad(headers, workers);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel channel =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                      made.pipeline().addLast(tls.newHandler(made.alloc()), codec, load);
                    }
                  })
              .connect(url.getHost(), url.getPort())
              .sync()
              .channel();
      // The load ends with the time; nothing else can end it but a broken connection.
      channel.closeFuture().await(seconds, TimeUnit.SECONDS);
      channel.close().sync();
      return load.finished;
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      take(context, frame);
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void take(ChannelHandlerContext context, Object frame) {
    if (frame instanceof Http2SettingsFrame && started.isEmpty()) {
      for (int worker = 0; worker < workers; worker++) {
        send(context);
      }
      context.flush();
    } else if (frame instanceof Http2HeadersFrame response && response.isEndStream()) {
      finish(context, response.stream());
    } else if (frame instanceof Http2DataFrame data) {
      write(
          context,
          new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
              .stream(data.stream()));
      if (data.isEndStream()) {
        finish(context, data.stream());
      }
    }
  }

  private void send(ChannelHandlerContext context) {
    Http2FrameStream stream = newStream();
    started.put(stream, System.nanoTime());
    write(context, new DefaultHttp2HeadersFrame(headers, true).stream(stream));
  }

  private static void write(ChannelHandlerContext context, Object frame) {
    // A frame that cannot be written breaks the connection, which ends the run with few requests.
    ChannelFuture unused = context.write(frame);
  }

  private void finish(ChannelHandlerContext context, Http2FrameStream stream) {
    Long start = started.remove(stream);
    if (start != null) {
      times.record(System.nanoTime() - start);
      finished = times.count();
      send(context);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}
