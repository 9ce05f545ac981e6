package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static String row(String... values) throws Exception {
    StringWriter out = new StringWriter();
    Csv.row(out, List.of(values));
    return out.toString();
  }

  @Test
  void valuesAreSeparatedByCommas() throws Exception {
    assertThat(row("1", "", "van-1")).isEqualTo("1,,van-1\n");
  }

  @Test
  void aValueWithACommaAQuotationMarkOrALineEndIsQuoted() throws Exception {
    assertThat(row("a,b", "a\"b", "a\nb")).isEqualTo("\"a,b\",\"a\"\"b\",\"a\nb\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void whatASpreadsheetWouldTakeForAFormulaIsAText(String value) throws Exception {
    assertThat(row(value)).isEqualTo("'" + value + "\n");
  }
}
