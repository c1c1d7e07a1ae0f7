<#
.SYNOPSIS
    Builds, tests, tries and packs the module: a thin face over dotnet.
.DESCRIPTION
    dotnet build alone stages the module under artifacts/module; this saves remembering the rest.
.PARAMETER Task
    What to do, in this order. Pack makes the package under artifacts/package, with its bill of materials, signed where there is
    a certificate, and installs it into an empty folder to try it. Verify builds the last commit in another folder too and
    compares both packages byte by byte.
.PARAMETER Configuration
    Of Build and Test; a package is always made of Release.
.PARAMETER CertificateThumbprint
    The code signing certificate of this user or machine that Pack signs with.
.PARAMETER TimestampServer
    Confirms when it was signed, so that the signatures outlive the certificate.
.PARAMETER RepositoryUrl
    The address of the project for the gallery's page.
.PARAMETER LicenseUri
    The address of the license for the gallery's page.
.EXAMPLE
    ./build.ps1
    Builds and stages the module.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds, runs all tests of dotnet test and, where Pester is found, the Pester tests.
.EXAMPLE
    ./build.ps1 -Task Pack
    Makes the package that Publish-PSResource -NupkgPath takes, and tries it.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Quickstart', 'Benchmark', 'Pack', 'Verify', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [string] $CertificateThumbprint = $env:ORCHESTRATOR_CONNECTOR_CERTIFICATE,
    [string] $TimestampServer = 'http://timestamp.digicert.com',
    [string] $RepositoryUrl,
    [string] $LicenseUri
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0

function Invoke-DotNet {
    & dotnet @args | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Get-TemporaryFolder {
    Join-Path ([System.IO.Path]::GetTempPath()) "OrchestratorConnector-$([guid]::NewGuid().ToString('N'))"
}

# Builds and stages the module of a clone as it is shipped, and returns the staged folder.
function Build-Module {
    param([string] $Root, [string[]] $Property)
    # Not on top of an older build: that it was made with other options is not always noticed.
    Invoke-DotNet build (Join-Path $Root 'src/OrchestratorConnector') --configuration Release --no-incremental '-p:ContinuousIntegrationBuild=true' @Property
    $text = [System.IO.File]::ReadAllText((Join-Path $Root 'module/OrchestratorConnector.psd1'))
    Join-Path $Root "artifacts/module/OrchestratorConnector/$([regex]::Match($text, "(?m)^\s*ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value)"
}

# Makes the package and its bill of materials of a staged folder, and returns the package's path.
function Build-Package {
    param([string] $Root, [string] $Module, [string] $Target)
    $tool = Join-Path $Root 'src/OrchestratorConnector.Pack/bin/Release/net8.0/OrchestratorConnector.Pack.dll'
    Invoke-DotNet $tool package $Module (Join-Path $Root 'src/OrchestratorConnector/obj/project.assets.json') $Target
    Join-Path $Target "OrchestratorConnector.$(Split-Path -Leaf $Module).nupkg"
}

# Signs what was made here; the libraries of others keep the signatures of their makers.
function Add-Signature {
    param([string] $Module, [string] $Thumbprint, [string] $Server)
    if (-not $Thumbprint) {
        Write-Host 'Not signed: no certificate was given.'
        return
    }
    if (-not (Get-Command -Name Set-AuthenticodeSignature -ErrorAction SilentlyContinue)) {
        throw 'Only a shell on Windows can sign.'
    }
    $certificate = Get-ChildItem -Path Cert:\CurrentUser\My, Cert:\LocalMachine\My -CodeSigningCert | Where-Object { $_.Thumbprint -eq $Thumbprint } | Select-Object -First 1
    if (-not $certificate) {
        throw "There is no code signing certificate $Thumbprint."
    }
    $files = Get-ChildItem -LiteralPath $Module -Recurse -File | Where-Object { '.psd1', '.ps1xml' -contains $_.Extension -or $_.Name -match '^OrchestratorConnector(\.Core)?\.dll$' }
    foreach ($file in $files) {
        $signature = Set-AuthenticodeSignature -LiteralPath $file.FullName -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer $Server
        if ($signature.Status -ne 'Valid') {
            throw "$($file.Name) could not be signed: $($signature.StatusMessage)"
        }
    }
}

# The files of a folder with their checksums, one line each.
function Get-FileList {
    param([string] $Folder)
    $start = (Get-Item -LiteralPath $Folder).FullName.TrimEnd('\', '/').Length + 1
    Get-ChildItem -LiteralPath $Folder -Recurse -File | ForEach-Object {
        $_.FullName.Substring($start).Replace('\', '/') + ' ' + (Get-FileHash -LiteralPath $_.FullName -Algorithm SHA256).Hash
    } | Sort-Object
}

function Format-FileList {
    param([string[]] $List)
    ($List -replace ' \w+$' | Select-Object -Unique) -join ', '
}

# Installs the package into an empty folder as a user would, by PSResourceGet where it is at hand, and returns the module's folder.
function Expand-Package {
    param([string] $Package, [string] $Folder)
    $version = [System.IO.Path]::GetFileNameWithoutExtension($Package).Substring('OrchestratorConnector.'.Length)
    $module = Join-Path $Folder "OrchestratorConnector/$version"
    if (Get-Command -Name Save-PSResource -ErrorAction SilentlyContinue) {
        $repository = 'OrchestratorConnector.Pack'
        Register-PSResourceRepository -Name $repository -Uri (New-Object -TypeName System.Uri -ArgumentList (Split-Path -Parent $Package)).AbsoluteUri -Trusted -Force
        try {
            $null = New-Item -ItemType Directory -Path $Folder
            Save-PSResource -Name OrchestratorConnector -Version $version -Repository $repository -Path $Folder
        }
        finally {
            Unregister-PSResourceRepository -Name $repository
        }
    }
    else {
        Write-Host 'PSResourceGet is not at hand: the package is unpacked instead of installed.'
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [System.IO.Compression.ZipFile]::ExtractToDirectory($Package, $module)
        foreach ($part in '_rels', '[Content_Types].xml', 'OrchestratorConnector.nuspec') {
            Remove-Item -LiteralPath (Join-Path $module $part) -Recurse -Force
        }
    }
    $module
}

# Installs the package and imports the module in a shell that knows no other; it must be what was staged.
function Test-Package {
    param([string] $Package, [string] $Module)
    $folder = Get-TemporaryFolder
    try {
        $installed = Expand-Package $Package $folder
        $difference = Compare-Object -ReferenceObject @(Get-FileList $Module) -DifferenceObject @(Get-FileList $installed) |
            Where-Object { $_.InputObject -notlike 'OrchestratorConnector.cdx.json *' }
        if ($difference) {
            throw "The installed module is not the staged one: $(Format-FileList $difference.InputObject)"
        }

        $script = @"
`$env:PSModulePath = '$folder'
Import-Module -Name OrchestratorConnector -ErrorAction Stop
`$module = Get-Module -Name OrchestratorConnector
`$module.Version.ToString()
`$module.ExportedCmdlets.Keys | Sort-Object
`$null = Get-OrchestratorConnector -StatePath '$(Join-Path $folder 'state.db')' -ErrorAction Stop
"@
        $said = @(& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))))
        $expected = @((Split-Path -Leaf $Module)) + @((Test-ModuleManifest -Path (Join-Path $Module 'OrchestratorConnector.psd1')).ExportedCmdlets.Keys | Sort-Object)
        if ($LASTEXITCODE -ne 0 -or "$said" -ne "$expected") {
            throw "The installed module could not be used: $($said -join ', ')"
        }
        Write-Host "$Package installs and imports: version $($said[0]), $($said.Count - 1) cmdlets."
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
    }
}

# Packs this folder and a clone of its last commit in another place; both packages must be the same.
function Test-Reproduction {
    param([string[]] $Property)
    if (& git status --porcelain) {
        throw 'There are changes that are not committed: a clone of the last commit cannot be the same.'
    }
    $folder = Get-TemporaryFolder
    try {
        & git clone --quiet --no-hardlinks $PSScriptRoot "$folder/another place"
        # The address of the sources is part of what is built.
        $origin = & git config --get remote.origin.url
        if ($origin) {
            & git -C "$folder/another place" remote set-url origin $origin
        }
        else {
            & git -C "$folder/another place" remote remove origin
        }
        $here = Build-Package $PSScriptRoot (Build-Module $PSScriptRoot $Property) "$folder/package"
        $there = Build-Package "$folder/another place" (Build-Module "$folder/another place" $Property) "$folder/another package"
        $difference = Compare-Object -ReferenceObject @(Get-FileList (Split-Path -Parent $here)) -DifferenceObject @(Get-FileList (Split-Path -Parent $there))
        if ($difference) {
            throw "Two builds of one commit differ: $(Format-FileList $difference.InputObject)"
        }
        Write-Host "Two builds in different folders gave the same bytes: $((Get-FileHash -LiteralPath $here -Algorithm SHA256).Hash)"
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
    }
}

$property = @(
    if ($RepositoryUrl) { "-p:RepositoryUrl=$RepositoryUrl" }
    if ($LicenseUri) { "-p:LicenseUri=$LicenseUri" }
)
Push-Location -LiteralPath $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build OrchestratorConnector.sln --configuration $Configuration }
            'Test' {
                Invoke-DotNet test OrchestratorConnector.sln --configuration $Configuration
                if (Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version -ge '5.0' }) {
                    & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Tests.ps1')
                    if ($LASTEXITCODE -ne 0) {
                        throw 'Pester tests failed.'
                    }
                }
                else {
                    Write-Warning 'Pester 5 is not installed: the Pester tests were not run.'
                }
            }
            'Quickstart' { Invoke-DotNet run --project tests/Quickstart }
            'Benchmark' { Invoke-DotNet run --project tests/Benchmarks --configuration Release }
            'Pack' {
                $module = Build-Module $PSScriptRoot $property
                Add-Signature $module $CertificateThumbprint $TimestampServer
                Test-Package (Build-Package $PSScriptRoot $module (Join-Path $PSScriptRoot 'artifacts/package')) $module
            }
            'Verify' { Test-Reproduction $property }
            'Clean' {
                foreach ($folder in @(Get-ChildItem -Path src, tests -Directory -Recurse -Include bin, obj) + @(Get-Item -Path artifacts -ErrorAction SilentlyContinue)) {
                    Remove-Item -LiteralPath $folder.FullName -Recurse -Force
                }
            }
        }
    }
}
finally {
    Pop-Location
}
