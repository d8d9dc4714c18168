using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models;

namespace RagApp.Embedding.Serving;

/// <summary>
/// Caller and input type of a request, for the generators of this service. The texts already carry the prefix of the input type.
/// </summary>
internal sealed class EmbeddingWork : EmbeddingGenerationOptions
{
    private long _used;
    private int _embedded;

    public EmbeddingWork(ModelCaller caller, EmbeddingInputType inputType, string? windowPrefix) =>
        (Caller, InputType, WindowPrefix) = (caller, inputType, windowPrefix);

    private EmbeddingWork(EmbeddingWork other)
        : base(other) => (Caller, InputType, WindowPrefix) = (other.Caller, other.InputType, other.WindowPrefix);

    public ModelCaller Caller { get; }

    public EmbeddingInputType InputType { get; }

    /// <summary>
    /// Prefix that each window of a text has, when a text that a provider refuses for its length is to be embedded in windows; null when
    /// the refusal is passed on.
    /// </summary>
    public string? WindowPrefix { get; }

    /// <summary>Tokens that providers have counted for texts of the request so far.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Number of the request's texts, or parts of texts, that providers have embedded so far.</summary>
    public int Embedded => Volatile.Read(ref _embedded);

    /// <summary>
    /// The calls that go on with texts of the request after its caller has left, because they have texts of others too; completed when
    /// there is none.
    /// </summary>
    public Task LeftBehind { get; set; } = Task.CompletedTask;

    public string Tenant => Caller.Tenant;

    public EmbeddingPriority Priority => Caller.Priority == ModelPriority.Bulk ? EmbeddingPriority.Bulk : EmbeddingPriority.Interactive;

    public override EmbeddingGenerationOptions Clone() => new EmbeddingWork(this);

    /// <summary>Adds tokens that a provider has counted for a text of the request.</summary>
    public void AddUsed(long tokens)
    {
        Interlocked.Add(ref _used, tokens);
        Interlocked.Increment(ref _embedded);
    }

    /// <summary>Casts the options to the type that this service passes to its generators.</summary>
    public static EmbeddingWork Of(EmbeddingGenerationOptions? options) =>
        options as EmbeddingWork ?? throw new ArgumentException("The generators of this service take EmbeddingWork.", nameof(options));
}
