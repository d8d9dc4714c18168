using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using RagApp.Benchmarks.Services;

namespace RagApp.Benchmarks.ModelGateway;

/// <summary>The verb <c>gateway</c>: what a call of a model through the gateway costs, compared with the same call made directly.</summary>
internal static class GatewayCommand
{
    private const int Parallel = 64;
    private const int Rate = 500;
    private const int WarmUp = 20_000; // until the methods of a request are compiled for good
    private const int MegaByte = 1_000_000;
    private const double LeastPerSecond = 3_000;
    private const double MostAdded = 1;
    private const double MostMegaBytes = 300;
    private const string Key = "key-of-the-load";
    private const string Password = "a-password-for-measurements";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"model":"{{StandInModel.Model}}","max_tokens":50,"messages":[{"role":"user","content":"What is the capital of France? Answer in one short sentence."}]}""");

    private static readonly Option<int> Requests = VerbOptions.Number("--requests", "Requests through the gateway at full speed, 1,000 or more.", 200_000, least: 1_000);
    private static readonly Option<int> Seconds = VerbOptions.Number("--seconds", "How long the steady rate of 500 requests a second lasts, 1 to 600.", 20, least: 1, 600);

    private static readonly Option<bool> Redis = new("--redis") { Description = "Keep the ledger in a redis-server of the PATH instead of the embedded cache." };

    public static Command Create()
    {
        var command = new Command(
            "gateway",
            """
            Measures what a chat completion through the gateway costs, compared with the same call made directly.

            Starts a stand-in for a provider in this process, and the cache (Garnet) and the gateway as processes of their own,
            with an API key, limits of requests and tokens, a price and budgets per tenant and key, which are reserved and settled for
            every call. Prints requests per second with 64 at a time, times at 500 requests a second, the processor time that a
            request costs each process, and the gateway's resident memory before and after. All share the processors of this
            machine; where other programs run too, only the processor times can be compared.

            Exit code 1: fewer than 3,000 requests a second, more than 1 ms added at the median, more than 300 MB, or failures.
            """) { Requests, Seconds, Redis };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("ragapp-gateway-");
        try
        {
            await using var upstream = await StandInModel.StartAsync(cancellationToken);
            var (ledger, connection) = await StartLedgerAsync(parsed.GetValue(Redis), data.FullName, cancellationToken);
            using var ledgerProcess = ledger;
            using var gateway = await ServiceProcess.StartServiceAsync("RagApp.Gateway", GatewaySettings(upstream, connection, data.FullName), cancellationToken);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Parallel * 4 });
            return await MeasureAsync(
                new Target(http, new Uri($"{upstream.Api}/chat/completions")), new Target(http, new Uri($"{gateway.Address}/v1/chat/completions")),
                new ProcessorTimes(gateway, ledger), gateway, parsed.GetValue(Requests), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), cancellationToken);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(
        Target direct, Target through, ProcessorTimes times, ServiceProcess gateway, int requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        await direct.Load().AtFullSpeedAsync(WarmUp, Parallel, cancellationToken);
        await through.Load().AtFullSpeedAsync(WarmUp, Parallel, cancellationToken);
        var before = gateway.ResidentBytes;

        var steadyDirect = await direct.Load().AtRateAsync(Rate, duration, cancellationToken);
        times.Start();
        var steady = await through.Load().AtRateAsync(Rate, duration, cancellationToken);
        var steadyTimes = times.PerRequest(steady.Requests);
        var fastDirect = await direct.Load().AtFullSpeedAsync(requests, Parallel, cancellationToken);
        times.Start();
        var fast = await through.Load().AtFullSpeedAsync(requests, Parallel, cancellationToken);
        var fastTimes = times.PerRequest(fast.Requests);
        var after = gateway.ResidentBytes;

        Say($"at full speed, {Parallel} at a time, {requests:N0} requests: direct {fastDirect.PerSecond:N0} a second, through the gateway {fast.PerSecond:N0} (aim: {LeastPerSecond:N0})");
        Say($"at {Rate} a second: direct p50 {steadyDirect.P50:0.00} ms, p99 {steadyDirect.P99:0.00} ms; through the gateway p50 {steady.P50:0.00} ms, p99 {steady.P99:0.00} ms");
        Say($"added: p50 {steady.P50 - steadyDirect.P50:0.00} ms (aim: less than {MostAdded:0}), p99 {steady.P99 - steadyDirect.P99:0.00} ms");
        Say($"processor time of a request at {Rate} a second: {steadyTimes}; at full speed: {fastTimes}");
        Say($"memory of the gateway: {before / MegaByte} MB after {WarmUp:N0} requests, {after / MegaByte} MB in the end (aim: less than {MostMegaBytes:0})");
        var failures = new[] { steadyDirect, steady, fastDirect, fast }.SelectMany(result => result.Failures).ToList();
        Say($"failed requests: {(failures.Count == 0 ? "none" : string.Join(", ", failures.Select(failure => $"{failure.Value} with {failure.Key}")))}");
        return failures.Count == 0 && fast.PerSecond >= LeastPerSecond && steady.P50 - steadyDirect.P50 < MostAdded && after < MostMegaBytes * MegaByte ? 0 : 1;
    }

    /// <summary>Starts the server of the ledger; returns its process and the connection string.</summary>
    private static async Task<(ServiceProcess Ledger, string Connection)> StartLedgerAsync(bool isRedis, string data, CancellationToken cancellationToken)
    {
        if (isRedis)
        {
            var redis = await ServiceProcess.StartRedisAsync(data);
            return (redis, $"127.0.0.1:{redis.Port}");
        }
        var port = FreePort.Next();
        var cache = await ServiceProcess.StartServiceAsync(
            "RagApp.Cache",
            [$"--Cache:Port={port}", $"--Cache:Password={Password}", $"--Cache:DataPath={Path.Combine(data, "cache")}", "--Logging:LogLevel:Default=Error"],
            cancellationToken);
        await cache.UntilReadyAsync(cancellationToken);
        return (cache, $"127.0.0.1:{port},password={Password}");
    }

    private static IReadOnlyList<string> GatewaySettings(StandInModel upstream, string ledger, string data)
    {
        const string Deployment = $"--Models:Chat:{StandInModel.Model}:Deployments:only";
        return
        [
            $"--ConnectionStrings:redis={ledger}", $"--Storage:DataPath={data}",
            "--Identity:SigningKey=a signing key for measurements, long enough to be one", "--Logging:LogLevel:Default=Error",
            $"--ApiKeys:0:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}", "--ApiKeys:0:Tenant=acme", "--ApiKeys:0:Subject=load",
            $"{Deployment}:Provider=openai", $"{Deployment}:Endpoint={upstream.Api}", $"{Deployment}:ApiKey=sk-none",
            $"{Deployment}:RequestsPerMinute=10000000", $"{Deployment}:TokensPerMinute=2000000000",
            $"--Models:Chat:{StandInModel.Model}:InputPrice=1", $"--Models:Chat:{StandInModel.Model}:OutputPrice=2",
            "--RateLimits:PerPrincipal=1000000", "--RateLimits:PerAddress=1000000",
            "--Budgets:Limits:0:Tenant=acme", "--Budgets:Limits:0:Dollars=1000000", "--Budgets:Limits:1:Key=*", "--Budgets:Limits:1:Tokens=1000000000",
        ];
    }

    private static void Say(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Target(HttpClient Http, Uri Address)
    {
        public Load Load() => new(Http, Request, TimeProvider.System);

        private HttpRequestMessage Request()
        {
            var content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            return new HttpRequestMessage(HttpMethod.Post, Address) { Content = content, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
        }
    }
}
