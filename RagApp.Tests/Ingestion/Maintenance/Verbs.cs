using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Maintenance;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>Runs maintenance verbs of a running service over its socket, and creates documents for them.</summary>
internal static class Verbs
{
    public static async Task<VerbRun> RunAsync(string dataPath, string verb, params string[] args)
    {
        var said = new List<string>();
        var command = new VerbCommand(MaintenanceVerbs.All.Find(verb)!.Description);
        var arguments = command.Read(command.Parse(args));
        var end = await MaintenanceClient.RunAsync(dataPath, verb, arguments, new Lines(said), TestContext.Current.CancellationToken);
        return new VerbRun(end.ShouldNotBeNull("No service listens."), said);
    }

    public static async Task<DocumentInfo> IndexAsync(this IngestionService service, Principal principal, string path, string text, params string[] access)
    {
        var uploaded = await service.UploadAsync(principal, path, text, access);
        var info = await service.SettleAsync(principal, uploaded.Id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        return info;
    }

    private sealed class Lines(List<string> said) : IProgress<VerbUpdate>
    {
        public void Report(VerbUpdate value)
        {
            if (value.Kind == VerbUpdateKind.Line)
                said.Add(value.Text);
        }
    }
}

internal sealed record VerbRun(VerbUpdate End, IReadOnlyList<string> Lines)
{
    public int Exit => End.Exit ?? -1;
}
