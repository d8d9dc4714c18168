using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Aspire.Hosting.Run;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Answers the dashboard: what there is, what it writes, and start, stop and restart.</summary>
internal sealed class ResourceService(DistributedApplicationModel model, ResourceStore store, InstanceRegistry registry, IHostApplicationLifetime lifetime)
    : DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = model.Name, MinDashboardVersion = "9.0.0" });

    public override async Task WatchResources(
        WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        using var ended = EndOf(context);
        var isFirst = true;
        try
        {
            await foreach (var snapshots in store.WatchAsync(ended.Token))
            {
                await responseStream.WriteAsync(isFirst ? Initial(snapshots) : Changes(snapshots), ended.Token);
                isFirst = false;
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard hung up, or the host stops.
        }
    }

    public override async Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        if (registry.Find(request.ResourceName) is not { } instance)
            return;

        using var ended = EndOf(context);
        try
        {
            await foreach (var lines in instance.Logs.WatchAsync(follow: !request.SuppressFollow, ended.Token))
            {
                var update = new WatchResourceConsoleLogsUpdate();
                update.LogLines.AddRange(lines.Select(l => new ConsoleLogLine { Text = l.Text, IsStdErr = l.IsError, LineNumber = l.Number }));
                await responseStream.WriteAsync(update, ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard hung up, or the host stops.
        }
    }

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        if (registry.Find(request.ResourceName) is not { } instance)
            return Failed($"There is no resource {request.ResourceName}.");

        switch (request.CommandName)
        {
            case ResourceCommands.Start:
                await instance.StartAsync();
                break;
            case ResourceCommands.Stop:
                await instance.StopAsync();
                break;
            case ResourceCommands.Restart:
                await instance.StopAsync();
                await instance.StartAsync();
                break;
            default:
                return Failed($"There is no command {request.CommandName}.");
        }

        return new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Succeeded };
    }

    /// <summary>Stays open and says nothing: a dashboard whose call is refused keeps reconnecting and shows no resources meanwhile.</summary>
    public override async Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream, IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream, ServerCallContext context)
    {
        using var ended = EndOf(context);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static ResourceCommandResponse Failed(string message) => new() { Kind = ResourceCommandResponseKind.Failed, Message = message };

    private static WatchResourcesUpdate Initial(IEnumerable<ResourceSnapshot> snapshots)
    {
        var data = new InitialResourceData();
        data.Resources.AddRange(snapshots.Select(WireResource.From));
        return new WatchResourcesUpdate { InitialData = data };
    }

    private static WatchResourcesUpdate Changes(IEnumerable<ResourceSnapshot> snapshots)
    {
        var changes = new WatchResourcesChanges();
        changes.Value.AddRange(snapshots.Select(s => new WatchResourcesChange { Upsert = WireResource.From(s) }));
        return new WatchResourcesUpdate { Changes = changes };
    }

    private CancellationTokenSource EndOf(ServerCallContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
}
