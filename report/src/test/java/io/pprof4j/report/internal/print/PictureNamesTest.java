// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.PackageName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureNamesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "com.acme.Shop.sell, Shop.sell",
        "com.acme.Shop$Cart.add, Shop$Cart.add",
        "com.acme.Shop.sell(int), Shop.sell",
        "com.acme.Shop.<init>, Shop.<init>",
        "com.acme.Shop.<clinit>, Shop.<clinit>",
        "com.acme.Shop.lambda$sell$0, Shop.lambda$sell$0",
        "com.acme.Shop$$Lambda/0x00007f1234.run, Shop$$Lambda.run",
        "com.acme.Shop$$Lambda.0x00007f1234.run, Shop$$Lambda.run",
        "com.acme.Shop$$Lambda$14/0x00007f1234.apply, Shop$$Lambda.apply",
        "com.acme.Shop+0x00007f1234.invoke, Shop.invoke",
        "com.acme.ShopKt.price-impl, ShopKt.price-impl",
        "com.acme.Shop.sell$default, Shop.sell$default",
        "com.acme.Shop$Companion.of, Shop$Companion.of",
        "com.acme.package$.apply, package$.apply",
        "scala.collection.immutable.List.$plus$plus, List.$plus$plus",
        "acme.Shop.<clinit>, Shop.<clinit>",
        "java.base/java.lang.Thread.run, Thread.run",
        "java.base@17.0.15/java.lang.Thread.run, Thread.run",
        "jdk.proxy2.$Proxy7.close, $Proxy.close",
      })
  void shortensNamesOfMethods(String name, String shortName) {
    assertThat(PictureNames.shorten(name)).isEqualTo(shortName);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "net/http.(*conn).serve, http.(*conn).serve",
        "example.com/shop.Cart.Add, shop.Cart.Add",
        "github.com/acme/java.base/shop.Cart.Add, shop.Cart.Add",
        "main.Shop.Sell, main.Shop.Sell",
        "bytes.(*Buffer).Write, bytes.(*Buffer).Write",
        "main.main.func1, main.main.func1",
        "os.path.join, os.path.join",
        "std::vector::Push, std::vector::Push",
        "alloc::vec::Vec::push, Vec::push",
        "go.shape.int, go.shape.int",
      })
  void leavesNamesOfOtherLanguagesToTheRulesOfPprof(String name, String shortName) {
    assertThat(PictureNames.shorten(name)).isEqualTo(shortName);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "com.acme.Shop.sell, com.acme",
        "com.acme.Shop$Cart.<init>, com.acme",
        "com.acme.Shop$$Lambda/0x00007f1234.run, com.acme",
        "java.base/java.lang.Thread.run, java.lang",
        "acme.Shop.sell, acme",
        "Main.main, Main",
        "net/http.(*conn).serve, net/http",
        "github.com/acme/shop.Sell, github.com/acme/shop",
        "runtime.mallocgc, runtime",
        "std::sort, std",
        "main, ~~",
        "~~, ~~",
        "operator new, ~~",
        ".hidden, ~~",
      })
  void namesThePackageOfAFunction(String name, String packageName) {
    assertThat(PackageName.of(name)).isEqualTo(packageName);
  }
}
