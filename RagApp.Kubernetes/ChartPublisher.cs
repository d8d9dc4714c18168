using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes;

/// <summary>The pipeline's step: reads the model, makes the chart, and writes its files.</summary>
internal static class ChartPublisher
{
    public static async Task PublishAsync(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        var chart = await GenerateAsync(environment, context);
        var files = ChartWriter.Write(chart);
        RemoveTemplates(folder);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, context.CancellationToken);
        }
        context.Logger.ChartWritten(folder, chart.Workloads.Count, files.Count);
        context.Summary.Add("Helm chart", folder);
    }

    private static async Task<Chart> GenerateAsync(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var chart = new Chart(environment.Chart);
        var reader = new WorkloadReader(chart, context.ExecutionContext, context.Logger);
        var workloads = new List<Workload>();
        foreach (var resource in context.Model.GetComputeResources())
            workloads.Add(await reader.ReadAsync(resource, context.CancellationToken));
        chart.Fill(workloads);
        return chart;
    }

    /// <summary>Removes the templates of an earlier chart: an object that the model no longer has must not be installed again.</summary>
    private static void RemoveTemplates(string folder)
    {
        var templates = new DirectoryInfo(Path.Combine(folder, "templates"));
        if (File.Exists(Path.Combine(folder, "Chart.yaml")) && templates.Exists)
            templates.Delete(recursive: true);
    }
}
