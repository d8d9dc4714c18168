#!/usr/bin/env bash
# Checks that restore and compile choose the same host, with stub packages in a folder feed and small stand-ins for the
# services: without the packages, cold, on a second build, offline, and forced either way. Needs RagApp.LocalHosting built.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES="$work/cache" DOTNET_CLI_TELEMETRY_OPTOUT=1
build() { (cd "$work/app" && dotnet build "$@" -nodeReuse:false -verbosity:quiet -p:UseSharedCompilation=false); }
host() { dotnet "$work/app/RagApp.AppHost/bin/Debug/net10.0/RagApp.AppHost.dll" --Stores:Mode=containers 2>&1 | head -1; }
expect() { case "$(host)" in *"$1"*) echo "ok    $2" ;; *) echo "WRONG $2: $(host)"; exit 1 ;; esac; }

# 1. The AppHost and the local host as they are; services that only have a name.
mkdir -p "$work/app" "$work/feed" "$work/stubs"
cd "$root"
cp -r --parents RagApp.AppHost/*.cs* RagApp.LocalHosting/*.csproj RagApp.LocalHosting/*/*.cs RagApp.LocalHosting/build RagApp.LocalHosting/Dashboard/*.proto \
  eng/*.props eng/*.targets eng/*.csproj eng/BannedSymbols.txt Directory.* global.json .editorconfig "$work/app"
for service in Cache Embedding Gateway Ingestion Query; do
  mkdir "$work/app/RagApp.$service"
  echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>' > "$work/app/RagApp.$service/RagApp.$service.csproj"
  echo 'return 0;' > "$work/app/RagApp.$service/Program.cs"
done
(cd "$work/app" && dotnet new sln --format sln -n RagApp > /dev/null && dotnet sln add ./RagApp.*/*.csproj > /dev/null)

# 2. Stub packages: the local host's assembly under Aspire's name, and an SDK that does what the local host's targets do.
mkdir "$work/stubs/lib"
stub() { # id version [project content]
  mkdir -p "$work/stubs/$1"
  echo "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><PackageId>$1</PackageId><Version>$2</Version><Authors>stub</Authors><Description>stub</Description><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5128;NU5100</NoWarn></PropertyGroup><ItemGroup><None Include=\"*.csproj\" Pack=\"true\" PackagePath=\"stub\" /></ItemGroup>${3:-}</Project>" > "$work/stubs/$1/$1.csproj"
  dotnet pack "$work/stubs/$1" -o "$work/feed" -nodeReuse:false -verbosity:quiet
}
cp "$work/app/RagApp.LocalHosting" -r "$work/stubs/host"
cp "$work/app/Directory.Packages.props" "$work/stubs"
sed -i 's|<PropertyGroup>|<PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><LangVersion>latest</LangVersion><AssemblyName>Aspire.Hosting</AssemblyName><Version>13.5.3</Version>|' "$work/stubs/host/RagApp.LocalHosting.csproj"
dotnet build "$work/stubs/host" -nodeReuse:false -verbosity:quiet -o "$work/stubs/lib"
stub Aspire.Hosting.AppHost 13.5.3 "<ItemGroup><FrameworkReference Include=\"Microsoft.AspNetCore.App\" /><None Include=\"$work/stubs/lib/*.dll\" Pack=\"true\" PackagePath=\"lib/net10.0\" /></ItemGroup>"
stub Aspire.Hosting.Redis 13.5.3
stub Aspire.Hosting.Qdrant 13.5.3
mkdir -p "$work/stubs/Aspire.Hosting.Kubernetes"
echo 'namespace Aspire.Hosting { public static class Kubernetes { public static void AddKubernetesEnvironment(this IDistributedApplicationBuilder builder, string name) { } } }' > "$work/stubs/Aspire.Hosting.Kubernetes/Kubernetes.cs"
stub Aspire.Hosting.Kubernetes 13.5.3-preview.1.26425.31 "<PropertyGroup><IncludeBuildOutput>true</IncludeBuildOutput></PropertyGroup><ItemGroup><FrameworkReference Include=\"Microsoft.AspNetCore.App\" /><Reference Include=\"$work/stubs/lib/Aspire.Hosting.dll\" /></ItemGroup>"
mkdir -p "$work/stubs/Aspire.AppHost.Sdk/Sdk"
echo '<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" /><ItemGroup><Using Include="Aspire.Hosting" /><Using Include="Aspire.Hosting.ApplicationModel" /></ItemGroup></Project>' > "$work/stubs/Aspire.AppHost.Sdk/Sdk/Sdk.props"
{ sed '/<\/Project>/d' "$root/RagApp.LocalHosting/build/RagApp.LocalHosting.targets"; echo '<ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup><Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" /></Project>'; } > "$work/stubs/Aspire.AppHost.Sdk/Sdk/Sdk.targets"
stub Aspire.AppHost.Sdk 13.5.3 '<ItemGroup><None Include="Sdk/**" Pack="true" PackagePath="Sdk" /></ItemGroup>'
config() { # extra sources
  { echo '<configuration><packageSources>'; echo "${1:-}"; echo '</packageSources></configuration>'; } > "$work/app/nuget.config"
}

# 3. The cases.
build RagApp.sln;                                      expect "RagApp.LocalHosting" "no packages anywhere: the local host"
build RagApp.sln;                                      expect "RagApp.LocalHosting" "second build: still the local host"
rm -f "$work/app/eng/obj/aspire-packages-absent"
config "<add key=\"stubs\" value=\"$work/feed\" />"
build RagApp.AppHost;                                  expect "Host: Aspire" "packages appear, project alone: Aspire"
rm -rf "$NUGET_PACKAGES"/aspire.*
build RagApp.sln;                                      expect "Host: Aspire" "cold cache, solution: Aspire"
build RagApp.sln;                                      expect "Host: Aspire" "second build: Aspire"
mv "$work/feed" "$work/feed-away"; mkdir "$work/feed"
build RagApp.sln;                                      expect "Host: Aspire" "offline with a warm cache: Aspire"
build RagApp.AppHost -p:AspireHosting=local;           expect "RagApp.LocalHosting" "forced: the local host"
build RagApp.AppHost -p:AspireHosting=packages;        expect "Host: Aspire" "forced: Aspire"
rm -rf "$NUGET_PACKAGES"/aspire.*
if build RagApp.AppHost -p:AspireHosting=packages > /dev/null 2>&1; then echo "WRONG forced without packages: built"; exit 1; fi
echo "ok    forced without packages: fails"
