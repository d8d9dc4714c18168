using System.Runtime.InteropServices;
using RagApp.Storage;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// The verb <c>maintenance</c> of the program: finds the running service of the data folder and has it do the work;
/// when there is none, does the same work in this process.
/// </summary>
internal static class MaintenanceCommand
{
    public const string Verb = "maintenance";

    private const string DataPathKey = $"{StorageOptions.Section}:{nameof(StorageOptions.DataPath)}";

    /// <param name="build">Builds the service, which is not started: its services are what verbs work with.</param>
    public static async Task<int> RunAsync(string[] args, MaintenanceVerbs verbs, Func<string[], IHost> build)
    {
        if (args is [] or ["--help" or "-h", ..])
        {
            Console.Out.WriteLine(Help(verbs));
            return args.Length == 0 ? MaintenanceExit.Usage : MaintenanceExit.Done;
        }

        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using var console = new ConsoleProgress(TimeProvider.System);
        var end = await RunAsync(args, verbs, build, console, cancellation.Token);
        return console.End(end);

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            cancellation.Cancel();
        }
    }

    private static async Task<VerbUpdate> RunAsync(
        string[] args, MaintenanceVerbs verbs, Func<string[], IHost> build, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        try
        {
            var verb = verbs.Find(args[0])?.Description
                ?? throw VerbException.Usage($"There is no verb '{args[0]}'.{Environment.NewLine}{Help(verbs)}");
            if (args.Contains("--help") || args.Contains("-h"))
                return new VerbUpdate(VerbUpdateKind.End, verb.Help, MaintenanceExit.Done);

            var line = CommandLine.Read(args[1..]);
            var arguments = VerbArguments.Read(verb, line.Verb);
            var dataPath = DataFolder.Find(line.DataPath, line.Settings);
            if (await MaintenanceClient.RunAsync(dataPath, verb.Name, arguments, progress, cancellationToken) is { } end)
                return end;
            return line.ServiceOnly
                ? throw new VerbException($"No service is running on {dataPath}.")
                : await RunHereAsync(dataPath, verb.Name, arguments, build([.. line.Settings, $"--{DataPathKey}={dataPath}", .. Quiet]), progress, cancellationToken);
        }
        catch (VerbException exception)
        {
            return new VerbUpdate(VerbUpdateKind.End, exception.Message, exception.Exit);
        }
        catch (OperationCanceledException)
        {
            return new VerbUpdate(VerbUpdateKind.End, "Cancelled.", MaintenanceExit.Cancelled);
        }
    }

    /// <summary>Standard output is the verb's; what goes wrong is logged beside it.</summary>
    private static string[] Quiet => ["--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Default=Warning"];

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

    private static string Help(MaintenanceVerbs verbs) => $"""
        usage: maintenance VERB [options] [--data PATH] [--Section:Key=value ...]

        Has the running service do the work, and does it itself when the service is down.

        {string.Join(Environment.NewLine, verbs.Entries.Select(entry => $"  {entry.Description.Name,-16} {entry.Description.Summary}"))}

          --data PATH      the data folder (default: Storage:DataPath, or .ragapp beside the solution)
          --service-only   does nothing when the service is down
          VERB --help      what a verb does and takes

        Exit code: 0 done, 1 done and something was found, 2 failed, 3 another verb is running, 64 wrong usage,
        130 cancelled.
        """;
}
