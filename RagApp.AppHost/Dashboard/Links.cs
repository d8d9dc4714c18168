namespace RagApp.AppHost.Dashboard;

/// <summary>The addresses that the dashboard shows: what a person opens, by what it is.</summary>
internal static class Links
{
    /// <summary>The web page and the API reference, in front of everything else.</summary>
    public static IResourceBuilder<ProjectResource> WithPageLinks(this IResourceBuilder<ProjectResource> gateway) => gateway
        .WithUrls(context =>
        {
            var page = context.Urls.Find(url => url.Endpoint?.EndpointName == "http");
            if (page is null)
                return;
            page.DisplayText = "Page";
            context.Urls.Add(new ResourceUrlAnnotation { Url = $"{page.Url}/reference", DisplayText = "API reference" });
        });

    /// <summary>Addresses that only services use are in the details of the resource.</summary>
    public static IResourceBuilder<ProjectResource> WithInnerAddresses(this IResourceBuilder<ProjectResource> service) => service
        .WithUrls(context => context.Urls.ForEach(url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly));
}
