// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.List;
import java.util.Map;

/** A part of a template. */
sealed interface TemplateNode {
  /** Appends what the part comes to. */
  void render(TemplateScope scope, StringBuilder out);

  private static void renderAll(List<TemplateNode> nodes, TemplateScope scope, StringBuilder out) {
    for (TemplateNode node : nodes) {
      node.render(scope, out);
    }
  }

  /** Text between actions. */
  record Text(String text) implements TemplateNode {
    @Override
    public void render(TemplateScope scope, StringBuilder out) {
      out.append(text);
    }
  }

  /** A pipeline whose value is printed, or kept in a variable if there is a name. */
  record Action(String variable, TemplateExpression value) implements TemplateNode {
    @Override
    public void render(TemplateScope scope, StringBuilder out) {
      Object result = value.evaluate(scope);
      if (variable.isEmpty()) {
        out.append(TemplateFunctions.text(result));
      } else {
        scope.variables().put(variable, result);
      }
    }
  }

  /** A part that depends on a condition; {@code with} also moves the dot. */
  record Condition(
      TemplateExpression condition,
      boolean movesDot,
      List<TemplateNode> then,
      List<TemplateNode> otherwise)
      implements TemplateNode {
    @Override
    public void render(TemplateScope scope, StringBuilder out) {
      Object value = condition.evaluate(scope);
      boolean holds = TemplateFunctions.isTrue(value);
      Object dot = holds && movesDot ? value : scope.dot();
      renderAll(holds ? then : otherwise, scope.inner(dot), out);
    }
  }

  /** A part that is repeated for each element of a list or a map. */
  record Range(
      String key,
      String element,
      TemplateExpression elements,
      List<TemplateNode> body,
      List<TemplateNode> otherwise)
      implements TemplateNode {
    @Override
    public void render(TemplateScope scope, StringBuilder out) {
      Object value = elements.evaluate(scope);
      boolean any = false;
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          renderOne(scope, (long) i, list.get(i), out);
        }
        any = !list.isEmpty();
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((name, entry) -> renderOne(scope, name, entry, out));
        any = !map.isEmpty();
      } else {
        throw new IllegalArgumentException("template: range can't iterate over " + value);
      }
      if (!any) {
        renderAll(otherwise, scope.inner(scope.dot()), out);
      }
    }

    private void renderOne(TemplateScope scope, Object name, Object value, StringBuilder out) {
      TemplateScope inner = scope.inner(value);
      if (!key.isEmpty()) {
        inner.variables().put(key, name);
      }
      if (!element.isEmpty()) {
        inner.variables().put(element, value);
      }
      renderAll(body, inner, out);
    }
  }
}
