// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagSetTest {
  private final FlagSet flags = new FlagSet("tool");
  private final BoolFlag bool = flags.bool("b", false, "");
  private final IntFlag number = flags.int64("n", 200, "");
  private final StringFlag string = flags.string("s", "old", "");
  private final ListFlag list = flags.list("H", "");

  @ParameterizedTest
  @ValueSource(strings = {"-s v", "--s v", "-s=v", "--s=v", "-s x -s v"})
  void takesEveryWayToWriteAValue(String commandLine) throws UsageException {
    flags.parse(commandLine.split(" "));

    assertThat(string.value()).isEqualTo("v");
    assertThat(string.isSet()).isTrue();
  }

  @Test
  void boolTakesItsValueOnlyByEqualsSign() throws UsageException {
    flags.parse("-b", "false");

    assertThat(bool.value()).isTrue();
    assertThat(flags.arguments()).containsExactly("false");
  }

  @ParameterizedTest
  @CsvSource({"1,true", "t,true", "TRUE,true", "0,false", "F,false", "False,false"})
  void boolTakesTheWordsOfGo(String word, boolean value) throws UsageException {
    flags.parse("-b=" + word);

    assertThat(bool.value()).isEqualTo(value);
  }

  @Test
  void stopsAtTheFirstArgumentThatIsNoFlag() throws UsageException {
    assertThat(flags.parse("-b", "url", "-n", "3")).containsExactly("url", "-n", "3");
    assertThat(number.isSet()).isFalse();
  }

  @Test
  void stopsAfterTwoDashesAndAtASingleOne() throws UsageException {
    assertThat(flags.parse("--", "-b")).containsExactly("-b");
    assertThat(flags.parse("-b", "-", "x")).containsExactly("-", "x");
  }

  @Test
  void valueMayLookLikeAFlagAndMayBeEmpty() throws UsageException {
    flags.parse("-s", "-b", "-H=", "-H", "a=b");

    assertThat(string.value()).isEqualTo("-b");
    assertThat(bool.isSet()).isFalse();
    assertThat(list.values()).containsExactly("", "a=b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-zz | flag provided but not defined: -zz",
        "--zz=1 | flag provided but not defined: -zz",
        "-s | flag needs an argument: -s",
        "-n=x | invalid value \"x\" for flag -n: parse error",
        "-n= | invalid value \"\" for flag -n: parse error",
        "-n=9223372036854775808 | invalid value \"9223372036854775808\" for flag -n: value out of range",
        "-b=x | invalid boolean value \"x\" for -b: parse error",
        "---b | bad flag syntax: ---b",
        "-=b | bad flag syntax: -=b",
        "--=b | bad flag syntax: --=b",
        "-h | flag: help requested",
        "--help | flag: help requested"
      })
  void refusesWithTheTextOfGo(String argument, String message) {
    assertThatThrownBy(() -> flags.parse(argument))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void helpIsAFlagLikeAnyOtherWhereDefined() throws UsageException {
    StringFlag help = flags.string("h", "", "");

    flags.parse("-h", "x");

    assertThat(help.value()).isEqualTo("x");
  }

  @Test
  void int32RefusesWhatDoesNotFit() {
    flags.int32("small", 0, "");

    assertThatThrownBy(() -> flags.parse("-small", "2147483648"))
        .hasMessage("invalid value \"2147483648\" for flag -small: value out of range");
  }

  @Test
  void customFlagWrapsTheReasonOfItsParser() throws UsageException {
    FlagParser<Integer> even =
        text -> {
          if (text.length() % 2 != 0) {
            throw new FlagValueException("odd length");
          }
          return text.length();
        };
    CustomFlag<Integer> custom = flags.custom("even", 0, even, "");

    flags.parse("-even", "four");

    assertThat(custom.value()).isEqualTo(4);
    assertThatThrownBy(() -> flags.parse("-even", "odd"))
        .hasMessage("invalid value \"odd\" for flag -even: odd length");
  }

  @Test
  void groupTellsWhichOfItsFlagsAreOn() throws UsageException {
    FlagGroup formats = flags.group();
    formats.add("top", "");
    formats.add("tree", "");
    formats.add("dot", "");

    flags.parse("-dot", "-b", "-top", "-tree=false");

    assertThat(formats.chosen()).containsExactly("top", "dot");
  }

  @Test
  void setsAFlagByName() throws UsageException {
    flags.set("n", "0x10");

    assertThat(number.value()).isEqualTo(16);
    assertThat(flags.isSet("n")).isTrue();
    assertThat(flags.setFlags()).containsExactly(number);
    assertThatThrownBy(() -> flags.set("nope", "1")).hasMessage("no such flag -nope");
  }

  @Test
  void refusesASecondDefinition() {
    assertThatThrownBy(() -> flags.bool("b", true, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("flag redefined: b");
  }
}
