namespace Aspire.Hosting.Run;

/// <summary>A fact about a resource for the dashboard, hidden there until asked for when it is a secret.</summary>
internal sealed record ResourceProperty(string Name, string Value, bool IsSensitive = false);
