package com.techcorp.bench;

import java.util.List;

/**
 * What one of the scenarios beside the matrix showed.
 *
 * @param title its heading
 * @param lines Markdown
 */
record Finding(String title, List<String> lines) {}
