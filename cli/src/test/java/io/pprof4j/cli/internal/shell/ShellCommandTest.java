// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.ReportOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
  @Test
  void readsCountFiltersOrderAndFile() throws CliException {
    ReportOptions options = parse("top5 main -Scan -Walk -cum >out.txt").options();

    assertThat(options.get(ReportOption.NODE_COUNT)).isEqualTo(5);
    assertThat(options.get(ReportOption.FOCUS)).isEqualTo("main");
    assertThat(options.get(ReportOption.IGNORE)).isEqualTo("Scan|Walk");
    assertThat(options.get(ReportOption.SORT)).isEqualTo("cum");
    assertThat(options.get(ReportOption.OUTPUT)).isEqualTo("out.txt");
  }

  @Test
  void showsTenRowsUnlessToldOtherwise() throws CliException {
    assertThat(parse("top").options().get(ReportOption.NODE_COUNT)).isEqualTo(10);
    assertThat(parse("tree").options().get(ReportOption.NODE_COUNT)).isEqualTo(-1);
  }

  @Test
  void appliesFiltersOfTagsToTags() throws CliException {
    ReportOptions options = parse("tags user -region").options();

    assertThat(options.get(ReportOption.TAG_FOCUS)).isEqualTo("user");
    assertThat(options.get(ReportOption.TAG_IGNORE)).isEqualTo("region");
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> parse("bogus=")).hasMessage("unrecognized command: \"bogus=\"");
    assertThatThrownBy(() -> parse("focus x")).hasMessage("did you mean: focus=x");
    assertThatThrownBy(() -> parse("list")).hasMessage("command list requires an argument");
    assertThatThrownBy(() -> parse("top >")).hasMessage("unexpected end of line after >");
  }

  private static ShellCommand parse(String line) throws CliException {
    return ShellCommand.parse(Shell.words(line), ReportOptions.defaults());
  }

  @Test
  void splitsLinesAtBlanks() {
    assertThat(Shell.words(" top\t2  x ")).isEqualTo(List.of("top", "2", "x"));
  }

  @Test
  void takesSpacesThatMustNotBeBrokenForSpaces() {
    assertThat(Shell.words("top\u00a05\u0085-cum\u001fx"))
        .containsExactly("top", "5", "-cum\u001fx");
  }
}
