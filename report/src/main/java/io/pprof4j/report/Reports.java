// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Utf8;
import io.pprof4j.report.internal.code.AssemblyBuilder;
import io.pprof4j.report.internal.code.AssemblyReport;
import io.pprof4j.report.internal.code.ListReport;
import io.pprof4j.report.internal.code.SourceReader;
import io.pprof4j.report.internal.code.WebListBuilder;
import io.pprof4j.report.internal.print.CallgrindPrinter;
import io.pprof4j.report.internal.print.CheckPrinter;
import io.pprof4j.report.internal.print.CommentsPrinter;
import io.pprof4j.report.internal.print.CsvPrinter;
import io.pprof4j.report.internal.print.DisasmPrinter;
import io.pprof4j.report.internal.print.DotPrinter;
import io.pprof4j.report.internal.print.GraphPicture;
import io.pprof4j.report.internal.print.JsonPrinter;
import io.pprof4j.report.internal.print.ListPrinter;
import io.pprof4j.report.internal.print.MarkdownPrinter;
import io.pprof4j.report.internal.print.RatioProfile;
import io.pprof4j.report.internal.print.RawPrinter;
import io.pprof4j.report.internal.print.TagsPrinter;
import io.pprof4j.report.internal.print.TagsReport;
import io.pprof4j.report.internal.print.TextPrinter;
import io.pprof4j.report.internal.print.TopProto;
import io.pprof4j.report.internal.print.TracesPrinter;
import io.pprof4j.report.internal.print.TreePrinter;
import io.pprof4j.report.internal.print.WebListPrinter;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.TextOutput;
import io.pprof4j.report.layout.DrawGraph;
import io.pprof4j.report.layout.GifWriter;
import io.pprof4j.report.layout.PdfWriter;
import io.pprof4j.report.layout.PngWriter;
import io.pprof4j.report.layout.PostScriptWriter;
import io.pprof4j.report.layout.SvgWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/** Makes reports of profiles. */
public final class Reports {
  private static final int ALL = -1;

  private Reports() {}

  /**
   * Makes a report and writes it; the stream stays open. Long reports are written as they are made,
   * so a stream may have the start of a report that then fails.
   *
   * @throws ReportException if the report cannot be made as asked
   * @throws IOException if the stream fails
   */
  public static void print(
      Profile profile, ReportRequest request, ReportContext context, OutputStream out)
      throws ReportException, IOException {
    Report report = Report.prepare(profile, request, context.warnings());
    switch (request.format()) {
      case TEXT -> TextPrinter.print(TopReport.of(report, context.zone()), out);
      case TREE, PEEK -> new TreePrinter(report, context.zone(), out).print();
      case TRACES -> new TracesPrinter(report, context.zone(), out).print();
      case TAGS -> TagsPrinter.print(TagsReport.of(report), out);
      case COMMENTS -> CommentsPrinter.print(report, out);
      case RAW -> new RawPrinter(report, context.zone(), out).print();
      case DOT -> DotPrinter.print(GraphPicture.forDot(report, context.zone()), out);
      case SVG -> svg(GraphPicture.toDraw(report, context.zone()), out);
      case PNG -> PngWriter.write(GraphPicture.toDraw(report, context.zone()), out);
      case GIF -> GifWriter.write(GraphPicture.toDraw(report, context.zone()), out);
      case PDF -> PdfWriter.write(GraphPicture.toDraw(report, context.zone()), out);
      case PS -> PostScriptWriter.write(GraphPicture.toDraw(report, context.zone()), out);
      case JSON -> JsonPrinter.print(TopReport.of(report, context.zone()), out);
      case CSV -> CsvPrinter.print(TopReport.of(report, context.zone()), out);
      case MARKDOWN -> MarkdownPrinter.print(TopReport.of(report, context.zone()), out);
      case COLLAPSED -> report.profile().writeCollapsedTo(out, report.values().column());
      case SPEEDSCOPE -> report.profile().writeSpeedscopeTo(out, report.title());
      case OTLP -> RatioProfile.of(report).writeOtlpTo(out);
      case FLAME -> FlameJson.write(FlameData.of(report, context), out);
      case CALLGRIND -> new CallgrindPrinter(report, out).print();
      case TOPPROTO -> TopProto.of(report).writeTo(out);
      case PROTO -> RatioProfile.of(report).writeParallelTo(out, Deflater.DEFAULT_COMPRESSION);
      case LIST -> {
        SourceReader reader = new SourceReader(context.sources(), report.options());
        ListPrinter.print(ListReport.of(report, reader), out);
      }
      case WEBLIST -> WebListPrinter.print(WebListBuilder.build(report, context, ALL), out);
      case DISASM -> DisasmPrinter.print(assembly(report, context, out), out);
    }
  }

  /**
   * The rows of {@link ReportFormat#TEXT} as data.
   *
   * @throws ReportException if the report cannot be made as asked
   */
  public static TopReport top(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.TEXT, options);
    return TopReport.of(Report.prepare(profile, request, context.warnings()), context.zone());
  }

  /**
   * What groups of functions took, as the rows of a table: all of them, by their values without
   * means. A group counts once for each stack that it is on.
   *
   * @throws ReportException if the report cannot be made as asked
   */
  public static TopReport groups(
      Profile profile, ReportOptions options, FrameGrouping grouping, ReportContext context)
      throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.FLAME, options);
    Report report = Report.prepare(profile, request, context.warnings());
    return new GroupSums(FlameData.of(report, context), grouping).report(report, context);
  }

  /**
   * The labels of {@link ReportFormat#TAGS} as data.
   *
   * @throws ReportException if the report cannot be made as asked
   */
  public static LabelWeights labels(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.TAGS, options);
    return LabelWeights.of(TagsReport.of(Report.prepare(profile, request, context.warnings())));
  }

  /**
   * Holds a comparison against rules of growth.
   *
   * @param profile what {@link Profile#diff} made
   * @throws ReportException if an option or a rule does not fit the profile
   */
  public static DiffCheck check(
      Profile profile, ReportOptions options, CheckRules rules, ReportContext context)
      throws ReportException {
    return DiffCheck.of(profile, options, rules, context);
  }

  /** What came of a check, for people. */
  public static String text(DiffCheck check) {
    return CheckPrinter.text(check);
  }

  /**
   * The graph of {@link ReportFormat#SVG} as data, ready to be drawn.
   *
   * @throws ReportException if the report cannot be made as asked
   */
  public static DrawGraph graph(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.SVG, options);
    Report report = Report.prepare(profile, request, context.warnings());
    return GraphPicture.toDraw(report, context.zone());
  }

  /**
   * The page of {@link ReportFormat#WEBLIST} as data.
   *
   * @param maxFiles how many source files to show, the heaviest; negative for all, by name
   * @throws ReportException if the report cannot be made as asked
   */
  public static WebListing webListing(
      Profile profile, ReportRequest request, ReportContext context, int maxFiles)
      throws ReportException {
    Report report = Report.prepare(profile, request, context.warnings());
    return WebListBuilder.build(report, context, maxFiles);
  }

  private static void svg(DrawGraph graph, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    SvgWriter.write(graph, SvgWriter.Interaction.PAN_ZOOM, text);
    out.write(Utf8.encode(text.toString()));
  }

  /** What cannot be opened is said in the output itself, as pprof does. */
  private static AssemblyReport assembly(Report report, ReportContext context, OutputStream out)
      throws ReportException, IOException {
    TextOutput unreadable = new TextOutput(out);
    AssemblyBuilder builder =
        new AssemblyBuilder(
            report, context.objects(), message -> unreadable.text(message).text("\n"));
    try {
      return builder.build();
    } finally {
      unreadable.flush();
    }
  }
}
