//go:build !race

package laws

// racing says that the race detector watches.
const racing = false
