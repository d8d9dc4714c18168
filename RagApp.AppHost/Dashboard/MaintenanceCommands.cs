using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RagApp.AppHost.Running;

namespace RagApp.AppHost.Dashboard;

/// <summary>
/// Adds maintenance commands to the ingestion service in the dashboard. Each command runs the program's <c>maintenance</c> verb,
/// which asks the running service to do the work. Without a running service the verb does nothing, since it does not know the
/// service's stores. The verb's output goes to the resource's logs, and its last line is the command's result.
/// </summary>
internal static partial class MaintenanceCommands
{
    /// <summary>Exit codes that mean success: 0 for done, 1 for done with findings.</summary>
    private static readonly int[] Successes = [0, 1];

    public static IResourceBuilder<ProjectResource> WithMaintenance(this IResourceBuilder<ProjectResource> ingestion, string dataPath)
    {
        Add("sweep", "Sweep", "Compares the document store with the index and mends what differs.", "Broom");
        Add("rebuild-index", "Rebuild index", "Builds the index of every tenant anew from the document store. Questions go on meanwhile.", "ArrowSync");
        Add("samples", "Load samples again", "Puts the sample documents of the demo people back as they were.", "DocumentMultiple");
        return ingestion;

        void Add(string verb, string name, string description, string icon) => ingestion.WithCommand(
            verb, name, context => RunAsync(ingestion.Resource, verb, dataPath, context), new CommandOptions
            {
                Description = description,
                IconName = icon,
                UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    private static async Task<ExecuteCommandResult> RunAsync(ProjectResource ingestion, string verb, string dataPath, ExecuteCommandContext context)
    {
        var start = new ProcessStartInfo("dotnet", [DirectRun.BuiltAssembly(ingestion.GetProjectMetadata().ProjectPath), "maintenance", verb, "--service-only", "--data", dataPath])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var cancellation = context.CancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var lines = new List<string>();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lines.Add(line);
            LogLine(context.Logger, verb, line);
        }
        await process.WaitForExitAsync(CancellationToken.None);
        if (context.CancellationToken.IsCancellationRequested)
            return CommandResults.Canceled();
        return Successes.Contains(process.ExitCode)
            ? CommandResults.Success(lines.LastOrDefault() ?? "Done.", string.Join('\n', lines))
            : CommandResults.Failure((await errors).Trim() is { Length: > 0 } reason ? reason : $"maintenance {verb} ended with {process.ExitCode}.");
    }

    [LoggerMessage(LogLevel.Information, "{Verb}: {Line}")]
    private static partial void LogLine(ILogger logger, string verb, string line);
}
