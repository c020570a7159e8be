package com.techcorp.examples.data;

import com.techcorp.examples.data.CustomerEntry.Address;
import com.techcorp.examples.data.Vocabulary.City;
import com.techcorp.examples.data.Vocabulary.Region;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invents customers, three of four in the first region, each with one to three addresses. */
final class CustomerMaker {

  private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");

  private final Draw draw;
  private final Instant start;

  CustomerMaker(Draw draw, Instant start) {
    this.draw = draw;
    this.start = start;
  }

  /** So many customers; the number in the e-mail address keeps it unique. */
  List<CustomerEntry> make(List<Region> regions, int count) {
    List<CustomerEntry> customers = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      Region region = draw.percent(75) ? regions.get(0) : draw.oneOf(regions);
      customers.add(customer(region, number));
    }
    return customers;
  }

  private CustomerEntry customer(Region region, int number) {
    Instant joined = start.plus(Duration.ofMinutes(11L * number));
    String first = draw.oneOf(region.firstNames());
    String last = draw.oneOf(region.lastNames());
    String mailbox = ascii(first) + "." + ascii(last) + number;
    List<Address> addresses = new ArrayList<>();
    do {
      addresses.add(address(region, joined));
    } while (addresses.size() < 3 && draw.percent(25));
    return new CustomerEntry(
        draw.id(joined),
        mailbox + "@" + draw.oneOf(DOMAINS),
        first + " " + last,
        region.locale(),
        addresses);
  }

  private Address address(Region region, Instant since) {
    City city = draw.oneOf(region.cities());
    String line =
        region
            .address()
            .replace("{street}", draw.oneOf(region.streets()))
            .replace("{number}", Integer.toString(draw.between(1, 2400)));
    String postalCode = city.postalPrefix() + draw.between(100, 999);
    return new Address(draw.id(since), line, city.name(), postalCode, region.country());
  }

  private static String ascii(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }
}
