using System.CommandLine;
using System.Globalization;

namespace RagApp.Benchmarks;

/// <summary>Options that several verbs have in common.</summary>
internal static class VerbOptions
{
    /// <summary>A folder that must exist.</summary>
    public static Option<DirectoryInfo> Folder(string name, string description) =>
        new Option<DirectoryInfo>(name) { Description = description, HelpName = "DIR" }.AcceptExistingOnly();

    /// <summary>The required folder of the data.</summary>
    public static Option<DirectoryInfo> Data(string description)
    {
        var option = Folder("--data", description);
        option.Required = true;
        return option;
    }

    public static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    /// <summary>Titles of documents, such as those on which the reader was trained, between commas.</summary>
    public static Option<string?> LeaveOut() => Text(
        "--leave-out", "TITLE,TITLE", "Leave out the questions about documents with these titles; sets of the folder without titles are matched by question id.");

    public static Option<string> EmbeddedTextFile() => new("--cache")
    {
        Description = "Where vectors are kept from run to run, so that a text is embedded once.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "ragapp-vectors"),
    };

    public static Option<int> Number(string name, string description, int otherwise, int least, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (!result.Implicit && result.Tokens.Any(token => !IsNumber(token.Value, least, most)))
                result.AddError(Range(name, "a whole number", least, most));
        });
        return option;
    }

    /// <summary>A list of whole numbers, separated by commas.</summary>
    public static Option<int[]> Numbers(string name, string description, int[] otherwise, int least, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var texts = result.Tokens.Single().Value.Split(',');
            if (Array.TrueForAll(texts, text => IsNumber(text, least, most)))
                return [.. texts.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            result.AddError(Range(name, "whole numbers between commas,", least, most));
            return [];
        },
    };

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static string Range(string name, string what, int least, int most) => string.Create(
        CultureInfo.InvariantCulture, $"'{name}' takes {what} {(most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}")}.");
}

/// <summary>The command line is wrong, or something that the command needs is missing; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
