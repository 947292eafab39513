// Package secret keeps the values of secrets encrypted, hands them out by name, and masks them in what jobs
// print. A value is sealed with AES-256-GCM under the newest key of the installation and bound to its
// project and name; older keys still open what they sealed.
package secret
