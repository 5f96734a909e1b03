// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something in a template that has a value. */
sealed interface TemplateExpression {
  /** Its value at one place. */
  Object evaluate(TemplateScope scope);

  /** A number or text as it stands. */
  record Literal(Object value) implements TemplateExpression {
    @Override
    public Object evaluate(TemplateScope scope) {
      return value;
    }
  }

  /** A variable; the dot is the one without a name. */
  record Variable(String name) implements TemplateExpression {
    @Override
    public Object evaluate(TemplateScope scope) {
      Object value = name.isEmpty() ? scope.dot() : scope.variables().get(name);
      if (value == null) {
        throw new IllegalArgumentException("template: undefined variable \"" + name + "\"");
      }
      return value;
    }
  }

  /** A field of a value. */
  record Field(TemplateExpression of, String name) implements TemplateExpression {
    @Override
    public Object evaluate(TemplateScope scope) {
      Object owner = of.evaluate(scope);
      Object value = owner instanceof Map<?, ?> map ? map.get(name) : null;
      if (value == null && name.equals("Seconds") && owner instanceof Long nanos) {
        // Total is a time.Duration in hey, of which templates take the seconds.
        return nanos / 1e9;
      }
      if (value == null) {
        throw new IllegalArgumentException("template: can't evaluate field " + name);
      }
      return value;
    }
  }

  /** A function and its arguments. */
  record Call(String function, List<TemplateExpression> arguments) implements TemplateExpression {
    @Override
    public Object evaluate(TemplateScope scope) {
      List<Object> values = new ArrayList<>();
      for (TemplateExpression argument : arguments) {
        values.add(argument.evaluate(scope));
      }
      return TemplateFunctions.call(function, values);
    }
  }
}
