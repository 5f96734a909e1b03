// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptBundleTest {
  private static String bundle(Map<String, String> files) {
    return ScriptBundle.of("main.js", files::get);
  }

  @Test
  void putsModulesAfterThoseTheyImport() {
    String script =
        bundle(
            Map.of(
                "main.js", "import {twice} from './math/more.js';\nshow(twice(2));\n",
                "math/more.js",
                    "import {\n  add,\n} from './add.js';\nexport function twice(n) { return add(n, n); }\n",
                "math/add.js", "export const add = (a, b) => a + b;\n"));

    assertThat(script)
        .isEqualTo(
            """
            const module0 = (() => {
            const add = (a, b) => a + b;
            return {add};
            })();
            const module1 = (() => {
            const {add} = module0;
            function twice(n) { return add(n, n); }
            return {twice};
            })();
            const module2 = (() => {
            const {twice} = module1;
            show(twice(2));
            return {};
            })();
            """);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> bundle(Map.of("main.js", "export default 1;\n")))
        .hasMessage("main.js: cannot be joined: export default 1;");
    assertThatThrownBy(() -> bundle(Map.of("main.js", "import {x} from './main.js';\n")))
        .hasMessageContaining("in a circle");
    assertThatThrownBy(() -> bundle(Map.of("main.js", "import {x} from 'x';\n")))
        .hasMessageContaining("not below");
  }
}
