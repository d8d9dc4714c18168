using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Feed;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Child;
using RagApp.Ingestion.Parsing.Isolation;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Samples;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion;

/// <summary>
/// The service that takes documents in, and its verbs: <c>confine</c> and <c>parse</c> read a document in a process of its own,
/// <c>maintenance</c> has the running service do an operator's work.
/// </summary>
public static class Program
{
    /// <remarks>The first verb is a start of its own before every parser's: it loads nothing that it does not need.</remarks>
    public static Task<int> Main(string[] args) =>
        args is [ConfineCommand.Verb, .. var rest] ? Task.FromResult(ConfineCommand.Run(rest)) : RunAsync(args);

    private static async Task<int> RunAsync(string[] args)
    {
        if (args is [ParseCommand.Verb, .. var rest])
            return await ParseCommand.RunAsync(rest);
        if (args is [MaintenanceCommand.Verb, .. var verb])
            return await MaintenanceCommand.RunAsync(verb, MaintenanceVerbs.All, Build);

        await Build(args).RunServiceAsync();
        return 0;
    }

    internal static WebApplication Build(string[] args) => Build(args, change: _ => { });

    /// <param name="args">The command line.</param>
    /// <param name="change">A last word on what is registered: tests put stores that fail in the place of ours.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection> change)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddRedisClient("redis");
        builder.AddQdrantServer();
        builder.Services
            .AddMaintenance(MaintenanceVerbs.All)
            .AddInternalIdentity()
            .AddDocumentStore()
            .AddDocumentAudit()
            .AddChunkIndexWriter()
            .AddJobQueue()
            .AddParsing()
            .AddDlp()
            .AddDocumentCatalogue()
            .AddProcessing()
            .AddDocumentFeed()
            .AddMaintenanceWork()
            .AddIntake();
        builder.AddSamples();
        change(builder.Services);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapDocuments();
        app.MapDocumentFeed();
        return app;
    }
}
