// Package web serves the console: the files that `make web` builds from web/, embedded in the binary. They work
// under any path; the page that starts them is written anew for each request, because it carries the path and the
// nonce of its content security policy. A binary that was built without the console says so instead.
package web
