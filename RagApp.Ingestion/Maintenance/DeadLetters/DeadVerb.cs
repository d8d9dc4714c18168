using System.Globalization;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Maintenance.DeadLetters;

/// <summary><c>maintenance dead</c>: lists the dead letters (jobs that were given up), each with its reason.</summary>
internal sealed class DeadVerb(DeadLetterQueue letters) : IMaintenanceVerb
{
    public static VerbDescription Description { get; } = new(
        "dead",
        "shows the jobs that were given up, with the reason",
        "A job is given up after Queue:MaxAttempts failures that might have passed; its document says failed. Changes nothing; see requeue.")
    {
        Options = [TenantList.Option],
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var dead = await letters.AllAsync(arguments.Find(TenantList.Option.Name), cancellationToken);
        foreach (var letter in dead)
            progress.Line(LineFor(letter));
        progress.Line(dead.Count == 0 ? "No job is dead." : $"{dead.Count.ToString(CultureInfo.InvariantCulture)} dead.");
        return dead.Count == 0 ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    private static string LineFor(DeadJob letter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{letter.Job.DocumentId}  {letter.Job.Tenant}  {(letter.Job.Kind == JobKind.Delete ? "delete" : "ingest")}  version {letter.Job.Version}  {letter.DiedAt:yyyy-MM-dd HH:mm}  {letter.Attempts} attempts  {letter.Reason.ReplaceLineEndings(" ")}");
}
