namespace RagApp.Models.Pool;

/// <summary>A deployment as it is configured, with its keys.</summary>
/// <param name="Keys">Keys of the endpoint; one empty key for an endpoint that needs none.</param>
internal sealed record ConfiguredDeployment(Deployment Deployment, IReadOnlyList<string> Keys);
