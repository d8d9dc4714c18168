namespace RagApp.Text.Analysis;

/// <summary>Splits a text into words as people write them: folded as for the index, but not stemmed, and with the stop words.</summary>
public static class SurfaceForms
{
    /// <summary>Returns the words in their order in the text.</summary>
    public static IEnumerable<string> Of(string text, string language) =>
        LanguageAnalyzers.Plain.Split(TextFolding.Text(text, language)).Select(word => word.Text);
}
