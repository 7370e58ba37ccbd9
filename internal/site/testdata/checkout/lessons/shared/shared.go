// Package shared is for several lessons, and no lesson.
package shared
