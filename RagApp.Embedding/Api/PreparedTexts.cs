namespace RagApp.Embedding.Api;

/// <summary>The texts of a request as the model gets them: with its prefix in front, and fitted to its length where the request allows it.</summary>
/// <param name="Texts">The texts for the model; a text that is embedded in windows has one for each window, one after the other.</param>
/// <param name="Tokens">Number of tokens of each of <paramref name="Texts"/>; empty when only the provider can count.</param>
/// <param name="Parts">Number of <paramref name="Texts"/> of each text of the request.</param>
/// <param name="Truncated">Positions of the request's texts whose middle was cut out; null when none was.</param>
internal sealed record PreparedTexts(IReadOnlyList<string> Texts, IReadOnlyList<int> Tokens, IReadOnlyList<int> Parts, IReadOnlyList<int>? Truncated)
{
    /// <summary>Positions of the request's texts that have several windows; null when none has.</summary>
    public IReadOnlyList<int>? Windowed =>
        Parts.Any(parts => parts > 1) ? [.. Parts.Index().Where(part => part.Item > 1).Select(part => part.Index)] : null;

    /// <summary>The texts without a limit that this service can check.</summary>
    public static PreparedTexts Uncounted(IReadOnlyList<string> texts) => new(texts, [], [.. texts.Select(_ => 1)], Truncated: null);
}
