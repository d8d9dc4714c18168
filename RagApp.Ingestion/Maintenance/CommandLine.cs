namespace RagApp.Ingestion.Maintenance;

/// <summary>What stands behind <c>maintenance VERB</c>: what is the verb's, the data folder, and settings for the stores.</summary>
/// <param name="Settings">Such as <c>--ConnectionStrings:redis=...</c>, used when this process opens the stores itself.</param>
/// <param name="ServiceOnly">Whether nothing is done when no service is running.</param>
internal sealed record CommandLine(IReadOnlyList<string> Verb, string? DataPath, string[] Settings, bool ServiceOnly)
{
    private const string DataOption = "--data";
    private const string ServiceOnlyOption = "--service-only";

    /// <exception cref="VerbException"><c>--data</c> has no value.</exception>
    public static CommandLine Read(IReadOnlyList<string> args)
    {
        var verb = new List<string>();
        var settings = new List<string>();
        string? data = null;
        var serviceOnly = false;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == DataOption)
                data = ++i < args.Count ? args[i] : throw VerbException.Usage($"'{DataOption}' needs a value: the data folder.");
            else if (args[i].StartsWith(DataOption + "=", StringComparison.Ordinal))
                data = args[i][(DataOption.Length + 1)..];
            else if (args[i] == ServiceOnlyOption)
                serviceOnly = true;
            else if (IsSetting(args[i]))
                settings.Add(args[i]);
            else
                verb.Add(args[i]);
        }
        return new CommandLine(verb, data, [.. settings], serviceOnly);
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
        && argument.AsSpan(0, equals).Contains(':');
}
