namespace RagApp.Query.Rewriting;

/// <summary>What a chat model is told to do: one file for each version, beside the program.</summary>
internal static class RewritingPrompt
{
    public static string Read(string version) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Prompts", $"{version}.system.txt")).Trim();

    /// <summary>Without <c>&lt;</c> a text can neither end the element it is in nor write the marks by which some models tell roles apart.</summary>
    public static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}
