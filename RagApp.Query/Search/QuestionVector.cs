namespace RagApp.Query.Search;

/// <summary>A question's vectors, or the reason why there are none.</summary>
/// <param name="Vectors">One vector for each text to search for; null when the question could not be embedded.</param>
/// <param name="Model">Embedding model that made the vectors.</param>
/// <param name="FusionWeight">Weight of the semantic list for that model.</param>
/// <param name="Cause">Short cause for metrics: <c>refused</c>, <c>unavailable</c> or <c>timeout</c>.</param>
/// <param name="Reason">The cause, or a note on the vectors, as a sentence for the person who asked.</param>
internal sealed record QuestionVector(IReadOnlyList<ReadOnlyMemory<float>>? Vectors, string? Model, double FusionWeight, string? Cause, string? Reason)
{
    /// <param name="note">Note for the person who asked; null when there is nothing to say.</param>
    public static QuestionVector Of(IReadOnlyList<ReadOnlyMemory<float>> vectors, string model, double fusionWeight, string? note) =>
        new(vectors, model, fusionWeight, Cause: null, note);

    public static QuestionVector Missing(string cause, string reason) =>
        new(Vectors: null, Model: null, FusionWeight: 0, cause, reason);
}
