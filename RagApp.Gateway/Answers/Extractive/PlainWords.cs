using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Stands in until the shared text analysis of RagApp.Storage has landed.</summary>
internal sealed class PlainWords : ITextAnalysis
{
    public string DetectLanguage(string text) => "en";

    public IReadOnlyList<string> Terms(string text, string language) =>
        text.ToLowerInvariant().Split([' ', '.', ',', '?', '!', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
