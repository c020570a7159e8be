package com.techcorp.notification.internal;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.order.CancelReason;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.Order;
import com.techcorp.order.OrderLine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The values that an order's templates show. */
public final class OrderData {
  private static final String OUT_OF_STOCK = "OUT_OF_STOCK";

  private OrderData() {}

  /**
   * Returns the values for a template.
   *
   * @param order the order
   * @param customer whose it is
   * @param catalog the products' titles
   * @param locale for amounts
   * @return values by name; none is null
   */
  public static Map<String, Object> of(
      Order order, Customer customer, ProductCatalog catalog, Locale locale) {
    String reason = order.cancelReason() == null ? "" : order.cancelReason();
    Map<String, Object> data = new HashMap<>();
    data.put("order_number", order.orderNumber());
    data.put("customer_name", customer.fullName());
    data.put("amount", money(BigInteger.valueOf(order.amount()), order.currency(), locale));
    data.put("currency", order.currency());
    data.put("free", order.amount() == 0);
    data.put("items", items(order, catalog, locale));
    data.put("cancel_reason", reason);
    data.put("out_of_stock", reason.equals(OUT_OF_STOCK));
    data.put("declined", reason.equals(CancelReason.DECLINED));
    data.put("refunded", order.refundStatus() != null);
    return data;
  }

  /**
   * Returns the locale for a customer's language tag.
   *
   * @param tag BCP 47, such as {@code pt-BR}; {@code pt_BR} is understood too
   * @return English if it says nothing
   */
  public static Locale locale(String tag) {
    Locale locale = Locale.forLanguageTag(tag.strip().replace('_', '-'));
    return locale.getLanguage().isEmpty() ? Locale.ENGLISH : locale;
  }

  private static List<Map<String, Object>> items(
      Order order, ProductCatalog catalog, Locale locale) {
    List<UUID> ids = order.lines().stream().map(OrderLine::productId).toList();
    Map<UUID, Product> products = catalog.find(ids);
    List<Map<String, Object>> items = new ArrayList<>();
    for (OrderLine line : order.lines()) {
      Product product = products.get(line.productId());
      BigInteger price = BigInteger.valueOf(line.unitPrice());
      BigInteger total = price.multiply(BigInteger.valueOf(line.quantity()));
      items.add(
          Map.of(
              "title", product == null ? line.productId().toString() : product.title(),
              "quantity", NumberFormat.getIntegerInstance(locale).format(line.quantity()),
              "unit_price", money(price, order.currency(), locale),
              "total", money(total, order.currency(), locale)));
    }
    return items;
  }

  /** Minor units by ISO 4217: the yen has none, the Kuwaiti dinar three digits. */
  static String money(BigInteger minorUnits, String code, Locale locale) {
    Currency currency = Currency.getInstance(code);
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(new BigDecimal(minorUnits, digits));
  }
}
