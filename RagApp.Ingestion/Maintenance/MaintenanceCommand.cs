using System.CommandLine;
using System.CommandLine.Help;
using RagApp.Storage;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// The verb <c>maintenance</c> of the program. Sends the work to the running service of the data folder; does the work
/// in this process when no service is running.
/// </summary>
internal sealed class MaintenanceCommand : Command
{
    public const string Verb = "maintenance";

    private const string DataPathKey = $"{StorageOptions.Section}:{nameof(StorageOptions.DataPath)}";

    private const string Text = """
        Has the running service do the work, and does it itself when the service is down; settings for that are given as
        --Section:Key=value.

        Exit code: 0 done, 1 done and something was found, 2 failed, 3 another verb is running, 64 wrong usage, 130 cancelled.
        """;

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data folder; by default Storage:DataPath, or .ragapp beside the solution.",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<bool> _serviceOnly = new("--service-only") { Description = "Do nothing when the service is down.", Recursive = true };

    private MaintenanceCommand(MaintenanceVerbs verbs, Func<string, IHost> build, string[] settings)
        : base(Verb, Text)
    {
        Add(_data);
        Add(_serviceOnly);
        var help = new HelpOption();
        help.Action = new VerbCommand.Help((HelpAction)help.Action!);
        Add(help);
        foreach (var entry in verbs.Entries)
        {
            var verb = new VerbCommand(entry.Description);
            verb.SetAction((parsed, cancellationToken) => RunAsync(verb, parsed, build, settings, cancellationToken));
            Add(verb);
        }
    }

    /// <param name="build">Builds the service without starting it: verbs use its services.</param>
    public static Task<int> RunAsync(string[] args, MaintenanceVerbs verbs, Func<string[], IHost> build)
    {
        var settings = args.Where(IsSetting).ToArray();
        var command = new MaintenanceCommand(verbs, dataPath => build([.. settings, $"--{DataPathKey}={dataPath}", .. Quiet]), settings);
        return CommandLine.RunAsync(command, [.. args.Where(argument => !IsSetting(argument))]);
    }

    /// <summary>Settings that send all logs to standard error, because standard output belongs to the verb.</summary>
    private static string[] Quiet => ["--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Default=Warning"];

    /// <summary>True for a setting such as <c>--ConnectionStrings:redis=...</c>, used when this process opens the stores itself.</summary>
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
        && argument.AsSpan(0, equals).Contains(':');

    private async Task<int> RunAsync(VerbCommand verb, ParseResult parsed, Func<string, IHost> build, string[] settings, CancellationToken cancellationToken)
    {
        using var console = new ConsoleProgress(TimeProvider.System);
        try
        {
            var arguments = verb.Read(parsed);
            var dataPath = DataFolder.Find(parsed.GetValue(_data), settings);
            if (await MaintenanceClient.RunAsync(dataPath, verb.Name, arguments, console, cancellationToken) is { } end)
                return console.End(end);
            if (parsed.GetValue(_serviceOnly))
                throw new VerbException($"No service is running on {dataPath}.");
            return console.End(await RunHereAsync(dataPath, verb.Name, arguments, build(dataPath), console, cancellationToken));
        }
        catch (VerbException exception)
        {
            return console.End(new VerbUpdate(VerbUpdateKind.End, exception.Message, exception.Exit));
        }
        catch (OperationCanceledException)
        {
            return console.End(new VerbUpdate(VerbUpdateKind.End, "Cancelled.", MaintenanceExit.Cancelled));
        }
    }

    private static async Task<VerbUpdate> RunHereAsync(
        string dataPath, string verb, VerbArguments arguments, IHost host, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        using (host)
        {
            using var held = MaintenanceLock.Take(dataPath, verb);
            progress.Line($"No service is running on {dataPath}: working on it directly.");
            return await host.Services.GetRequiredService<MaintenanceRunner>().RunAsync(verb, arguments, "this command", progress, cancellationToken);
        }
    }
}
