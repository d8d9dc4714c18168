namespace Aspire.Hosting.ApplicationModel;

internal sealed record VolumeMount(string Name, string Target, bool IsReadOnly);
