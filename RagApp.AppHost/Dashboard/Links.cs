namespace RagApp.AppHost.Dashboard;

/// <summary>Links that the dashboard shows for the services.</summary>
internal static class Links
{
    /// <summary>Shows the web page and the API reference as the gateway's links.</summary>
    public static IResourceBuilder<ProjectResource> WithPageLinks(this IResourceBuilder<ProjectResource> gateway) => gateway
        .WithUrls(context =>
        {
            var page = context.Urls.Find(url => url.Endpoint?.EndpointName == "http");
            if (page is null)
                return;
            page.DisplayText = "Page";
            context.Urls.Add(new ResourceUrlAnnotation { Url = $"{page.Url}/reference", DisplayText = "API reference" });
        });

    /// <summary>Shows a service's addresses only in the details of the resource, since people do not open them.</summary>
    public static IResourceBuilder<ProjectResource> WithInnerAddresses(this IResourceBuilder<ProjectResource> service) => service
        .WithUrls(context => context.Urls.ForEach(url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly));
}
