package com.techcorp.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Ratio;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RatioChartTest {
  @Test
  void barsAreInPartsOfWhatIsWanted() throws Exception {
    Document picture =
        parsed(
            RatioChart.of(
                List.of(
                    new Ratio("as wanted", new Summary(0.9, 0.8, 1), 0.9),
                    new Ratio("half of it", new Summary(10, 9, 11), 20),
                    new Ratio("far more", new Summary(100, 90, 110), 20))));

    assertThat(picture.getElementsByTagName("title").getLength()).isEqualTo(3);
    double asWanted = width(picture, 1);
    assertThat(width(picture, 2)).isEqualTo(asWanted / 2);
    assertThat(width(picture, 3)).as("ends at the edge").isEqualTo(asWanted * 2);
  }

  /** Of a bar; the rectangle before the first one is the background. */
  private static double width(Document picture, int bar) {
    Element rectangle = (Element) picture.getElementsByTagName("rect").item(bar);
    return Double.parseDouble(rectangle.getAttribute("width"));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
