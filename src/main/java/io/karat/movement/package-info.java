/** Movement of customers between states, from night to night and in the long run. */
package io.karat.movement;
