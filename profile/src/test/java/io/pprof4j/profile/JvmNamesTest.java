// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmNamesTest {
  @ParameterizedTest
  @CsvSource({
    // Lambdas, as the JDKs 8 to 25 and their recordings name them.
    "com.acme.Shop$$Lambda$14/0x00007f1c0c003c00, com.acme.Shop$$Lambda",
    "com.acme.Shop$$Lambda$14/1234567, com.acme.Shop$$Lambda",
    "com.acme.Shop$$Lambda/0x00007f1c0c003c00, com.acme.Shop$$Lambda",
    "com.acme.Shop$$Lambda.0x00007f1c0c003c00, com.acme.Shop$$Lambda",
    "com.acme.Shop$$Lambda+0x00007f1c0c003c00, com.acme.Shop$$Lambda",
    "com.acme.Shop$$Lambda$14, com.acme.Shop$$Lambda",
    "com.acme.MainKt$$Lambda/0x00007f1c0c003c00, com.acme.MainKt$$Lambda",
    "com.acme.Shop$$$Lambda$14/0x00007f1c0c003c00, com.acme.Shop$$$Lambda",
    // Hidden classes and forms of method handles.
    "java.lang.invoke.LambdaForm$MH/0x00007f1c0c003c00, java.lang.invoke.LambdaForm$MH",
    "java.lang.invoke.LambdaForm$DMH.0x00007f1c0c003c00, java.lang.invoke.LambdaForm$DMH",
    "java.lang.invoke.LambdaForm$BMH/519821334, java.lang.invoke.LambdaForm$BMH",
    "com.acme.Plugin/0x1f, com.acme.Plugin",
    "com.acme.Shop$$InjectedInvoker/0x1f, com.acme.Shop$$InjectedInvoker",
    // Accessors and proxies.
    "jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
    "jdk.proxy2.$Proxy7, jdk.proxy.$Proxy",
    "com.sun.proxy.$Proxy113, com.sun.proxy.$Proxy",
    "com.acme.Shop$$SpringCGLIB$$0, com.acme.Shop$$SpringCGLIB$$",
    "com.acme.Shop$$SpringCGLIB$$FastClass$$1, com.acme.Shop$$SpringCGLIB$$FastClass$$",
    "com.acme.Shop$$EnhancerBySpringCGLIB$$a1b2c3d4, com.acme.Shop$$EnhancerBySpringCGLIB$",
    "com.acme.Shop$HibernateProxy$aB3xY9, com.acme.Shop$HibernateProxy",
    "com.acme.Shop$ByteBuddy$Z1y2X3, com.acme.Shop$ByteBuddy",
    "com.acme.Shop$MockitoMock$1837239, com.acme.Shop$MockitoMock",
    "com.acme.Shop_$$_jvst5a3_0, com.acme.Shop_$$_jvst",
    "com.acme.Shop_$$_javassist_31, com.acme.Shop_$$_javassist_",
    // Scripts.
    "user$eval12$fn__34, user$eval$fn",
    "Script17$_run_closure2, Script$_run_closure2",
  })
  void leavesOutWhatDiffersFromRunToRun(String name, String stable) {
    assertThat(JvmNames.stableClass(name)).isEqualTo(stable);
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Shop",
    "com.acme.Shop$Cart",
    "com.acme.Shop$1",
    "com.acme.Shop$sell$2$1",
    "com.acme.Shop$$anonfun$main$1",
    "com.acme.MainKt$main$1",
    "com.acme.Evaluator$evaluate",
    "com.acme.Script17",
    "jdk.proxyserver.Main",
    "com.acme.Build0xcafe",
    // Kotlin: files, multi-file parts, companions, when, default bodies of interfaces, coroutines.
    "com.acme.ShopKt",
    "com.acme.Shops__ShopKt",
    "com.acme.Shop$Companion",
    "com.acme.Shop$WhenMappings",
    "com.acme.Shop$DefaultImpls",
    "com.acme.Shop$sell$suspendImpl$1",
    "com.acme.MainKt$main$1$invokeSuspend$$inlined$collect$1",
    "com.acme.MainKt$special$$inlined$map$1$2",
    "com.acme.MainKt$sam$java_lang_Runnable$0",
    "com.acme.Shop$$serializer",
    // Scala: objects, package objects, anonymous classes, delayed bodies, operators, local classes.
    "com.acme.Shop$",
    "com.acme.package$",
    "com.acme.Shop$$anon$1",
    "com.acme.Shop$$anonfun$1$$anonfun$apply$2",
    "com.acme.Shop$delayedInit$body",
    "scala.collection.immutable.$colon$colon",
    "com.acme.Shop$Local$1$",
    "com.acme.Main$package$",
    "rs$line$3$",
  })
  void keepsNamesThatSourcesDecide(String name) {
    assertThat(JvmNames.stableClass(name)).isEqualTo(name);
  }

  @Test
  void sourcesLieBelowTheirPackage() {
    assertThat(JvmNames.sourcePath("com.acme.Shop$Cart", "Shop.kt")).isEqualTo("com/acme/Shop.kt");
    assertThat(JvmNames.sourcePath("com.acme.Shop$Cart", "")).isEqualTo("com/acme/Shop.java");
    assertThat(JvmNames.sourcePath("Main", "")).isEqualTo("Main.java");
  }
}
