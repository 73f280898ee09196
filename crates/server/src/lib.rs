//! The yinling server: configuration, pages, callback endpoint, jobs, command line
