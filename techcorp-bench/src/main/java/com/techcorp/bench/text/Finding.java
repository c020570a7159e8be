package com.techcorp.bench.text;

import java.util.List;

/**
 * What one of the scenarios beside the matrix showed.
 *
 * @param title its heading
 * @param lines Markdown
 */
public record Finding(String title, List<String> lines) {}
