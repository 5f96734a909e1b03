// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected names are those that c++filt and rustfilt print for the same symbols. */
class FunctionNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "_ZN4acme6Server5ServeEv|acme::Server::Serve()",
        "_Z3fooILi3EEvT_|void foo<3>(int)",
        "_ZNSt6vectorIiSaIiEE9push_backERKi"
            + "|std::vector<int, std::allocator<int> >::push_back(int const&)",
        "_ZN3fooC2Ev|foo::foo()",
        "_ZThn16_N3Foo3barEv|non-virtual thunk to Foo::bar()",
        "_ZN12_GLOBAL__N_13barEv|(anonymous namespace)::bar()",
        "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE|core::fmt::Formatter::pad",
        "_RNvCs1234_7mycrate3foo|mycrate::foo",
        "_Z1|_Z1",
        "main|main"
      })
  void showsWholeNamesOfSymbols(String symbol, String name) {
    assertThat(FunctionNames.readable(symbol, DemangleStyle.FULL))
        .isIn(name, name.replace("foo<3>(int)", "foo<3>(3)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "_ZNSt6vectorIiSaIiEE9push_backERKi|std::vector::push_back",
        "std::vector<int>::push_back(int const&)|std::vector::push_back",
        "com.acme.Shop.<init>|com.acme.Shop.<init>",
        "github.com/acme/pkg.(*Type[...]).Method|github.com/acme/pkg.(*Type[...]).Method"
      })
  void shortensNamesButNotThoseOfJavaAndGo(String symbol, String name) {
    assertThat(FunctionNames.readable(symbol, DemangleStyle.SIMPLE)).isEqualTo(name);
  }

  /** As google/pprof's library shows them with the options of each style. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "_ZZ5sortyRiENKUliE_clEi|sorty()::{lambda(int)#1}::operator()"
            + "|sorty()::{lambda(int)#1}::operator()",
        "_ZN3foo3barIZ5sortyRiEUliE_EEvT_|foo::bar|foo::bar<sorty()::{lambda(int)#1}>",
        "_ZSt6__sortIPiZ5sortyRSt6vectorIiSaIiEEEUliE_EvT_S6_T0_"
            + "|std::__sort|std::__sort<int*, sorty()::{lambda(int)#1}>",
        "_ZZN1A1fEiE1x|A::f()::x|A::f()::x",
        "_ZZN1A1fEiENK1B1gEv|A::f()::B::g|A::f()::B::g",
        "_ZZ1fIiEvT_ENKUlvE_clEv|f()::{lambda()#1}::operator()|f<int>()::{lambda()#1}::operator()",
        "_ZZN1AC1EiENKUlvE_clEv|A::A()::{lambda()#1}::operator()|A::A()::{lambda()#1}::operator()",
        "_ZGVZ1fiE1x|guard variable for f()::x|guard variable for f()::x"
      })
  void leavesOutParametersOfTheFunctionAround(String symbol, String simple, String templates) {
    assertThat(FunctionNames.readable(symbol, DemangleStyle.SIMPLE)).isEqualTo(simple);
    assertThat(FunctionNames.readable(symbol, DemangleStyle.TEMPLATES)).isEqualTo(templates);
  }
}
