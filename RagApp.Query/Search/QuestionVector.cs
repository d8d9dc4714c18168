namespace RagApp.Query.Search;

/// <summary>A question's vector, or why there is none.</summary>
/// <param name="Vector">Null when the question could not be embedded.</param>
/// <param name="Model">Model that made it.</param>
/// <param name="FusionWeight">Weight of the dense list for that model.</param>
/// <param name="Cause">Short cause for metrics: <c>refused</c>, <c>unavailable</c> or <c>timeout</c>.</param>
/// <param name="Reason">The cause as a sentence for the person who asked.</param>
internal sealed record QuestionVector(ReadOnlyMemory<float>? Vector, string? Model, double FusionWeight, string? Cause, string? Reason)
{
    public static QuestionVector Of(float[] vector, string model, double fusionWeight) =>
        new(vector, model, fusionWeight, Cause: null, Reason: null);

    public static QuestionVector Missing(string cause, string reason) =>
        new(Vector: null, Model: null, FusionWeight: 0, cause, reason);
}
