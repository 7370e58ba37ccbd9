//go:build js && playground

package dialects

import "github.com/ormlab/ormlab/playground/client"

// send hands a message to the page. One that the page cannot take is lost,
// because the program itself has no use for it.
var send = func(message []byte) { _ = client.Show(message) }
