using System.ComponentModel.DataAnnotations;
using RagApp.Models.Pool;

namespace RagApp.Models.Embeddings;

/// <summary>An embedding model of the pool, section <c>Models:Embeddings:MODEL</c>.</summary>
public sealed class EmbeddingEntryOptions : EmbeddingModelOptions
{
    /// <summary>Deployments of the model by their names; at least one. All of them serve the same model: vectors of two cannot be compared.</summary>
    [MinLength(1, ErrorMessage = "MODEL:Deployments is empty: configure a deployment, such as MODEL:Deployments:main:Provider.")]
    public Dictionary<string, DeploymentOptions> Deployments { get; set; } = new(StringComparer.Ordinal);
}
