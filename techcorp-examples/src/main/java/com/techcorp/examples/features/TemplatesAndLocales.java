package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.notification.Message;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.TemplateSource;
import com.techcorp.testkit.RecordingSender;

/** Mails in the host's own words, and in a language that the library does not have. */
final class TemplatesAndLocales {
  private TemplatesAndLocales() {}

  /** The mail to a customer in Austria. */
  static Message run(ExampleShop shop) throws Exception {
    shop.execute("update customers.customers set locale = 'de-AT'");
    RecordingSender sender = new RecordingSender();
    // tag::templates[]
    TemplateSource ours = // order-confirmed.de.subject, order-confirmed.de.txt
        new ResourceTemplates(
            TemplatesAndLocales.class.getClassLoader(), "com/techcorp/examples/features/templates");
    try (TechCorp library =
        shop.wired()
            .templates(ours.orElse(ResourceTemplates.builtIn())) // those serve what ours lacks
            .sender(sender)
            .start()) {
      library.orders().place(shop.order()).outcome().join();
      ExampleShop.await(() -> !sender.messages().isEmpty());
      return sender.messages().get(0);
    }
    // end::templates[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      Message message = run(shop);
      System.out.println(message.subject() + "\n\n" + message.text());
    }
  }
}
