namespace RagApp.Query.Rewriting;

/// <summary>System prompts of the chat model: one file per version, next to the program.</summary>
internal static class RewritingPrompt
{
    public static string Read(string version) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Prompts", $"{version}.system.txt")).Trim();
}
