/** A Spring Boot application that takes orders, and its tests. */
package com.techcorp.spring;
