namespace RagApp.Query.Search;

/// <summary>A question's vectors, or why there are none.</summary>
/// <param name="Vectors">One for each text that is searched for; null when the question could not be embedded.</param>
/// <param name="Model">Model that made them.</param>
/// <param name="FusionWeight">Weight of the dense list for that model.</param>
/// <param name="Cause">Short cause for metrics: <c>refused</c>, <c>unavailable</c> or <c>timeout</c>.</param>
/// <param name="Reason">The cause as a sentence for the person who asked, or what there is to know of the vectors.</param>
internal sealed record QuestionVector(IReadOnlyList<ReadOnlyMemory<float>>? Vectors, string? Model, double FusionWeight, string? Cause, string? Reason)
{
    /// <param name="note">What the person who asked should know; null for nothing.</param>
    public static QuestionVector Of(IReadOnlyList<ReadOnlyMemory<float>> vectors, string model, double fusionWeight, string? note) =>
        new(vectors, model, fusionWeight, Cause: null, note);

    public static QuestionVector Missing(string cause, string reason) =>
        new(Vectors: null, Model: null, FusionWeight: 0, cause, reason);
}
