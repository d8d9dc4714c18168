using k8s.Models;
using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>
/// Redis with an append-only file, whose memory is never made room in: the queue and the budgets' ledger are in it beside the caches,
/// which end by themselves.
/// </summary>
internal static class RedisServer
{
    public static IResourceBuilder<RedisResource> AsStatefulServer(this IResourceBuilder<RedisResource> redis) =>
        redis.WithDeployment(WorkloadNeeds.Redis).PublishAsKubernetesService(Configure);

    private static void Configure(KubernetesServiceResource resource)
    {
        var container = resource.Pod.Containers[0];
        container.Command = ["/bin/sh", "-c"];
        var maxMemory = resource.Helm.Text(resource.Values.Add(
            "workloads.redis.maxMemory", "1536mb", "Memory for data, three quarters of the limit; the rest is for rewriting the file.", new() { ["pattern"] = "^[0-9]+[mg]b$" }));
        // A file, since the list of processes shows the command line to everybody.
        container.Args =
        [
            $"""
            umask 077
            cat > /tmp/redis.conf <<END
            requirepass $REDIS_PASSWORD
            dir /data
            appendonly yes
            appendfsync everysec
            maxmemory {maxMemory}
            maxmemory-policy noeviction
            END
            exec redis-server /tmp/redis.conf
            """,
        ];
        // While it reads its file Redis takes connections and answers nothing.
        container.ReadinessProbe = new V1Probe
        {
            Exec = new() { Command = ["/bin/sh", "-c", "REDISCLI_AUTH=\"$REDIS_PASSWORD\" redis-cli ping | grep -q PONG"] },
            PeriodSeconds = 5,
            TimeoutSeconds = 5,
            FailureThreshold = 3,
        };
    }
}
