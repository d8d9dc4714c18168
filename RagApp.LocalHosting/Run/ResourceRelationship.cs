namespace Aspire.Hosting.Run;

/// <summary>An edge of the model: <c>Reference</c> or <c>WaitFor</c>.</summary>
internal sealed record ResourceRelationship(string ResourceName, string Type);
